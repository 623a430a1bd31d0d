// Puts the main thread together.
import { realpathSync } from 'node:fs';
import * as path from 'node:path';
import { inspect } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { loadTypeScript } from '../compile/code-cache.js';
import { createCompiler } from '../compile/compiler.js';
import { createHelp } from '../help/help.js';
import { type FromMain, Phase, type Request, Slot, type ToMain } from '../threads.js';
import { type Answer, type Cells, createCells } from './cells.js';
import { createIdle } from './idle.js';
import { createModules } from './modules.js';
import { installGlobals, tslabModule } from './notebook.js';
import { captureStream, createOutput, toJson } from './output.js';
import { createPositions } from './positions.js';
import { createRunCode } from './run-code.js';
import { installStackTraces } from './stack-traces.js';
import { createTimers } from './timers.js';

/** Between the steps of loading: a client may not want the kernel any more. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

interface Start {
  readonly io: Worker;
  readonly shared: Int32Array;
  /** The folder whose node_modules holds the kernel's packages. */
  readonly home: string;
  /** The project of the notebook, if it is in one. */
  readonly project: string | undefined;
}

interface Handlers {
  readonly interrupt: () => void;
  readonly answer: (request: Request) => void;
}

export async function start({ io, shared, home, project }: Start): Promise<void> {
  const setPhase = (phase: number) => Atomics.store(shared, Slot.phase, phase);
  const tell = (message: FromMain) => io.postMessage(message);
  let handle: Handlers | undefined; // once everything is loaded
  io.on('message', (message: ToMain) => {
    if (message.kind === 'request') handle?.answer(message);
    else if (message.kind === 'interrupt' && Atomics.load(shared, Slot.interruptSeen) < message.number) {
      Atomics.store(shared, Slot.interruptSeen, message.number);
      handle?.interrupt();
    }
  });
  setPhase(Phase.compiling);
  const output = createOutput(tell, shared);
  captureStream('stdout', output.write);
  captureStream('stderr', output.write);

  const cwd = realpathSync(process.cwd());
  const positions = createPositions(project ?? home);
  await turn();
  const { typescript, saveCache } = loadTypeScript(home);
  await turn();
  const compiler = createCompiler(typescript, { home, cwd });
  await turn();
  const modules = createModules({ ...compiler, positions, builtin: new Map([['tslab', tslabModule(home, output)]]) });
  const timers = createTimers();
  const { hidden, stop } = installGlobals(compiler.cellFile, modules, output);
  const parts = { compiler, positions, modules, timers, output, shared, hidden, stop };
  const runCode = createRunCode(parts);
  const warmUp = () => compiler.compile('', 'cell[0]'); // the type checker builds its tables
  const idle = createIdle({ timers, shared, warmUp, saveCache });
  const reply = (id: number, answer: Answer) => {
    tell({ kind: 'reply', id, ...answer });
    idle.resume();
  };
  const cells = createCells({ ...parts, runCode, reply });
  installStackTraces(positions, path.dirname(import.meta.dirname));
  watchProcess(cells);

  const help = createHelp(compiler);
  function answer(request: Request): void {
    try {
      if (request.type === 'execute_request') {
        cells.execute(request);
        return;
      }
      setPhase(Phase.compiling);
      reply(request.id, { ok: true, content: toJson({ status: 'ok', ...help(request) }) });
    } catch (error) {
      const failure = { status: 'error', ename: 'KernelError', evalue: String(error), traceback: [inspect(error)] };
      reply(request.id, { ok: false, content: toJson(failure) });
    }
    setPhase(Phase.idle);
  }

  handle = {
    interrupt: cells.interrupt,
    answer: (request) => {
      idle.stop();
      answer(request);
    },
  };
  setPhase(Phase.idle);
  tell({ kind: 'ready' });
  idle.begin();
}

function watchProcess(cells: Cells): void {
  process.on('uncaughtException', cells.unhandled);
  process.on('unhandledRejection', cells.unhandled);
  process.removeAllListeners('warning'); // that modules of vm are experimental
  process.on('warning', ({ name, message }) => {
    if (name !== 'ExperimentalWarning') console.error(`${name}: ${message}`);
  });
}
