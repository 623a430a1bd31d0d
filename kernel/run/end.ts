// How the process ends. Only the kernel ends it: when it is told to, and when it can no longer speak.
import { inspect } from 'node:util';
import type { Worker } from 'node:worker_threads';
import type { ToMain } from '../threads.js';

const LIMIT_MS = 1500;

/**
 * Ends the process when the I/O thread wants it; `process.exit` of the notebook does not. To be called as soon as there is
 * the thread: what it says before somebody listens is lost.
 */
export function endWith(io: Worker): void {
  const exit = process.exit.bind(process);
  const complain = process.stderr.write.bind(process.stderr);
  const end = (code: number): never => {
    guardExit();
    return exit(code);
  };
  io.on('message', (message: ToMain) => {
    if (message.kind === 'exit') end(message.code);
  });
  io.on('error', (error) => {
    complain(`TypeScript kernel: ${inspect(error)}\n`);
    end(1);
  });
  process.exit = (code) => {
    const called = `process.exit(${code ?? ''}) was called`;
    throw new Error(`${called}: a notebook's kernel goes on; use Restart or Shut Down to end it`);
  };
}

/**
 * Starts a process that kills this one if it does not end in time; it ends itself when this one closes its pipe.
 *
 * The end waits for other threads and native code while no JavaScript runs any more that could hurry it: a package's
 * worker that waits for ever, or a deadlock of Node's own (nodejs/node#54918), would keep the process.
 */
function guardExit(): void {
  const { spawn } = process.getBuiltinModule('node:child_process'); // only now: it costs the start 6 ms
  const kill = `setTimeout(() => process.kill(${process.pid}, 'SIGKILL'), ${LIMIT_MS});`;
  const orEnd = "process.stdin.on('end', () => process.exit()).resume();";
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, ['-e', kill + orEnd], { stdio: ['pipe', 'ignore', 'ignore'], env });
  child.on('error', () => {}); // the end is as sure as Node's own then
}
