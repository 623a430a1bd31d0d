// Jupyter kernel for TypeScript. kernel.json: {"argv":["node", …flags, ".../main.js", "{connection_file}"], "interrupt_mode": "message"}
// This is the main thread: it compiles and runs cells. Nothing here that matters may depend on a pending promise: when V8
// terminates a running loop it also throws away the queue of microtasks.
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import { BACKLOG, INTERRUPT_SEEN, PHASE, Phase, type FromMain, type Json, type ToMain, type WorkerData } from './shared.js';

const shared = new Int32Array(new SharedArrayBuffer(16));
const cwd = fs.realpathSync(process.cwd());
function upwards(from: string, file: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, file))) return folder;
    if (path.dirname(folder) === folder) return undefined;
  }
}
const kernelHome = upwards(import.meta.dirname, 'node_modules/tslab/package.json');
if (!kernelHome) { process.stderr.write('TypeScript kernel: tslab is not installed (run npm ci in the kernel folder).\n'); process.exit(1); }
const root = upwards(cwd, 'package.json') ?? cwd;
// The project's own TypeScript if it has one, else the kernel's.
const typescriptFile = (() => { try { return createRequire(path.join(root, 'x.js')).resolve('typescript'); } catch { return createRequire(path.join(kernelHome, 'x.js')).resolve('typescript'); } })();
const typescriptVersion = (JSON.parse(fs.readFileSync(path.join(path.dirname(typescriptFile), '../package.json'), 'utf8')) as { version: string }).version;

// The I/O thread starts first: it answers kernel_info while this thread is still loading the compiler.
const data: WorkerData = { connectionFile: process.argv[2]!, shared, typescript: typescriptVersion };
const io = new Worker(path.join(import.meta.dirname, 'io-thread.js'), { workerData: data, stdout: false, stderr: false });
const tell = (message: FromMain) => { io.postMessage(message); };
const realStderr = process.stderr.write.bind(process.stderr);
io.on('error', (error) => { realStderr(`TypeScript kernel: ${inspect(error)}\n`); process.exit(1); });

// ------------------------------------------------------------------------------------------------------ output
const LIMIT = 64 * 1024;                         // kilobytes that may wait for the socket; then the writer waits
function waitForSocket(kilobytes: number): void {
  for (let i = 0; Atomics.load(shared, BACKLOG) > LIMIT && i < 600; i += 1) Atomics.wait(shared, BACKLOG, Atomics.load(shared, BACKLOG), 50);
  if (kilobytes > 0) Atomics.add(shared, BACKLOG, kilobytes);
}
let written = 0;
const writer = (name: 'stdout' | 'stderr') => (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
  const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
  tell({ kind: 'stream', name, text });
  written += text.length;
  if (written > 1_000_000) { written = 0; waitForSocket(0); }
  const callback = typeof encoding === 'function' ? encoding : done;
  if (typeof callback === 'function') process.nextTick(callback as () => void);
  return true;
};
process.stdout.write = writer('stdout');
process.stderr.write = writer('stderr');
function publish(type: string, content: Json): void {
  const kilobytes = Math.ceil(Object.values((content['data'] ?? {}) as Json).reduce<number>((sum, v) => sum + (typeof v === 'string' ? v.length : 0), 0) / 1024);
  waitForSocket(kilobytes);
  tell({ kind: 'publish', type, content, size: kilobytes });
}
function display(bundle: Json, metadata: Json = {}, id?: string, update = false): void {
  publish(update ? 'update_display_data' : 'display_data', { data: bundle, metadata, transient: id === undefined ? {} : { display_id: id } });
}

// ------------------------------------------------------------------------------------- compiler, loader, evaluator
process.removeAllListeners('warning');           // "VM Modules is an experimental feature"
process.on('warning', (w) => { if (w.name !== 'ExperimentalWarning') console.error(`${w.name}: ${w.message}`); });

import { Compiler } from './compiler.js';
import { compileFailure, INTERRUPTED, installStackTraces, runFailure } from './errors.js';
import { Evaluator, type Outcome } from './evaluate.js';
import { Modules } from './modules.js';
import { Positions } from './positions.js';
import { Timers } from './timers.js';
import { loadCached } from './cache.js';

Atomics.store(shared, PHASE, Phase.Compiling);
Error.stackTraceLimit = 30;
const positions = new Positions(root);
const compiler = new Compiler(loadCached(typescriptFile) as typeof import('typescript'), kernelHome, cwd, root);
const modules = new Modules(compiler, positions);
const evaluator = new Evaluator();
const timers = new Timers();
installStackTraces(positions, import.meta.dirname);

modules.builtin.set('tslab', () => {
  const require = createRequire(path.join(kernelHome, 'x.js'));
  const jupyter = createRequire(require.resolve('tslab'))('./jupyter.js') as { lastWriteDisplayData: unknown };
  jupyter.lastWriteDisplayData = (content: Json, update: boolean) => { publish(update ? 'update_display_data' : 'display_data', content); };
  const tslab = require('tslab') as Json;
  return { ...tslab, default: tslab };
});
const hidden = (name: string, value: unknown) => { Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false }); };
const kernel = {
  last: undefined as unknown,
  import: (specifier: unknown) => modules.import(String(specifier), compiler.cellFile),
  meta: { ...modules.meta(compiler.cellFile), filename: undefined },
};
hidden('__kernel', kernel);
hidden('require', createRequire(compiler.cellFile));
let stop = new AbortController(), stopWatched = false;
hidden('__notebook', Object.freeze({             // for lib/: absent in tests and scripts
  display,                                       // display(mimeBundle, metadata?, displayId?, update?)
  clearOutput: (wait = false) => { publish('clear_output', { wait }); },
  get signal() { stopWatched = true; return stop.signal; },          // aborted when the learner stops the cell
}));

// ------------------------------------------------------------------------------------------------ running a cell
interface Running { id: number; name: string; rejections: unknown[]; ended: boolean }
let running: Running | undefined;
let used = false;                                // a cell has been run

function execute(id: number, code: string, name: string): void {
  used = true;
  stop = new AbortController();
  stopWatched = false;
  Atomics.store(shared, PHASE, Phase.Compiling);
  positions.addCell(name, code);
  const cell = compiler.compile(code, name);
  Atomics.store(shared, PHASE, Phase.UserCode);
  if (cell.problems.length > 0) {
    tell({ kind: 'reply', id, content: { failure: compileFailure(cell.problems, name, positions) } });
    Atomics.store(shared, PHASE, Phase.Idle);
    return;
  }
  for (const warning of cell.warnings) process.stderr.write(`${warning}\n`);
  positions.addCell(name, code, cell.script, cell.segments, cell.output, cell.map, cell.inserts);
  const current: Running = { id, name, rejections: [], ended: false };
  running = current;
  kernel.last = undefined;
  cell.accept!();
  evaluator.run(cell.script!, (outcome) => {
    // Later, so that a rejection that nobody handles fails its cell; not by a promise, see the top of this file.
    if (!current.ended) timers.own.setImmediate(() => { settle(current, outcome); });
  });
}

function settle(cell: Running, outcome: Outcome): void {
  if (cell.ended) return;
  if ('terminated' in outcome) { finish(cell, { failure: INTERRUPTED }); return; }
  if (!outcome.ok) { finish(cell, { failure: runFailure(outcome.error, positions) }); return; }
  if (cell.rejections.length > 0) { finish(cell, { failure: runFailure(cell.rejections[0], positions) }); return; }
  const value = kernel.last as Json | undefined;
  kernel.last = undefined;
  if (value === undefined) { finish(cell, {}); return; }
  try {                                          // Symbol.for('Jupyter.display') is also what Deno's kernel looks for
    const rich = value?.[Symbol.for('Jupyter.display') as unknown as string];
    const bundle: unknown = typeof rich === 'function' ? rich.call(value) : { 'text/plain': inspect(value) };
    if (bundle instanceof Promise) bundle.then((result) => { finish(cell, { result }); }, (error: unknown) => { finish(cell, { failure: runFailure(error, positions) }); });
    else finish(cell, { result: bundle });
  } catch (error) { finish(cell, { failure: runFailure(error, positions) }); }
}
function finish(cell: Running, content: Json): void {
  if (cell.ended) return;
  cell.ended = true;
  running = undefined;
  Atomics.store(shared, PHASE, Phase.Idle);
  tell({ kind: 'reply', id: cell.id, content });
}

function interrupted(seq: number): void {
  if (Atomics.load(shared, INTERRUPT_SEEN) >= seq) return;
  Atomics.store(shared, INTERRUPT_SEEN, seq);
  const cell = running;
  stop.abort();
  const end = () => {
    timers.dropAll();                            // what the notebook has scheduled stops too
    if (cell) finish(cell, { failure: INTERRUPTED });
  };
  if (stopWatched) timers.own.setTimeout(() => { if (!cell || !cell.ended) end(); }, 500);   // it may end by itself
  else end();
}

const exit = process.exit.bind(process);
process.exit = (code) => { throw new Error(`process.exit(${code ?? ''}) was called. A notebook's kernel goes on; use Restart or Shut Down to end it.`); };
process.on('uncaughtException', (error) => { process.stderr.write(`${runFailure(error, positions).traceback.join('\n')}\n`); });
process.on('unhandledRejection', (error) => {
  if (running) running.rejections.push(error);
  else process.stderr.write(`Unhandled rejection: ${runFailure(error, positions).traceback.join('\n')}\n`);
});

// --------------------------------------------------------------------------------------------------- editor help
const utf16 = (code: string, position: number) => [...code].slice(0, position).join('').length;    // Jupyter counts code points
const utf32 = (code: string, position: number) => [...code.slice(0, position)].length;
const plain = (parts: readonly { text: string }[] | undefined) => (parts ?? []).map((part) => part.text).join('');

function inspectRequest({ code, cursor_pos: position }: { code: string; cursor_pos: number }): Json {
  const info = compiler.inspect(code, utf16(code, position));
  if (!info) return { found: false, data: {}, metadata: {} };
  const tags = (info.tags ?? []).map(({ name, text }) => [name, plain(text)] as const);
  const signature = plain(info.displayParts), doc = plain(info.documentation);
  const markdown = tags.map(([name, text]) => name === 'example' ? `\n*@example*\n\`\`\`typescript\n${text}\n\`\`\`` : `- *@${name}* ${text.replace(/^(\S+) (?=\S)/, name === 'param' ? '`$1` ' : '$1 ')}`);
  return {
    found: true, metadata: {},
    data: {
      'text/plain': [signature, doc, ...tags.map(([name, text]) => `@${name} ${text}`)].filter(Boolean).join('\n'),
      'text/markdown': [`\`\`\`typescript\n${signature}\n\`\`\``, doc, markdown.join('\n')].filter(Boolean).join('\n\n'),
    },
  };
}
function completeRequest({ code, cursor_pos: position }: { code: string; cursor_pos: number }): Json {
  const info = compiler.complete(code, utf16(code, position));
  const start = utf32(code, info.start), end = utf32(code, info.end);
  const kinds = new Map((info.original?.entries ?? []).map((entry) => [entry.name, entry.kind]));
  const matches = info.candidates.filter((name) => !name.startsWith('__kernel') && !name.startsWith('__tslab'));
  return { matches, cursor_start: start, cursor_end: end, metadata: { _jupyter_types_experimental: matches.map((text) => ({ start, end, text, type: kinds.get(text) ?? '' })) } };
}
const help: Record<string, (content: any) => Json> = {
  inspect_request: inspectRequest, complete_request: completeRequest, is_complete_request: ({ code }) => compiler.isComplete(code),
};

io.on('message', (message: ToMain) => {
  switch (message.kind) {
    case 'exit': exit(0); break;
    case 'interrupt': interrupted(message.seq); break;
    case 'request': {
      const { id, type, content, cell } = message;
      try {
        if (type === 'execute_request') { execute(id, String(content['code']), cell); break; }
        Atomics.store(shared, PHASE, Phase.Compiling);
        tell({ kind: 'reply', id, content: help[type]!(content) });
      } catch (error) {
        tell({ kind: 'reply', id, content: type === 'execute_request' ? { failure: runFailure(error, positions) } : { status: 'error', ename: 'Error', evalue: inspect(error), traceback: [] } });
      }
      Atomics.store(shared, PHASE, Phase.Idle);
    }
  }
});
timers.install();
Atomics.store(shared, PHASE, Phase.Idle);
tell({ kind: 'ready' });
// Nobody waits yet: let the type checker build its tables before the first cell comes.
timers.own.setTimeout(() => {
  if (running || used) return;
  Atomics.store(shared, PHASE, Phase.Compiling);
  compiler.compile('', 'cell[0]');
  Atomics.store(shared, PHASE, Phase.Idle);
}, 50);
