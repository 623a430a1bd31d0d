// Entry of the kernel, and its main thread, which compiles and runs cells. kernel.json starts it as
//   node --experimental-vm-modules --no-force-async-hooks-checks build/kernel/main.js {connection_file}
// The I/O thread starts first: it answers the client while this thread is still loading the compiler.
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { homeFrom, upwards } from './home.js';
import { type Connection, readConnection } from './io/connection.js';
import { endWith } from './run/end.js';
import type { IoData } from './threads.js';

function fail(reason: string): never {
  process.stderr.write(`TypeScript kernel: ${reason}\n`);
  process.exit(1);
}

function connectionOrEnd(): Connection {
  try {
    return readConnection(process.argv[2]);
  } catch (error) {
    return fail((error as Error).message);
  }
}

const connection = connectionOrEnd();
process.on('SIGINT', () => {}); // io/signal-thread.ts hears it; a notebook's own listener must not take it away
const home = homeFrom(import.meta.dirname) ?? fail('the package tslab is not installed');
const { version } = createRequire(path.join(home, 'package.json'))('typescript/package.json') as { version: string };
const shared = new Int32Array(new SharedArrayBuffer(16));
const workerData: IoData = { connection, shared, typescript: version };
const io = new Worker(path.join(import.meta.dirname, 'io/thread.js'), { workerData });
endWith(io);

const { start } = await import('./run/start.js');
await start({ io, shared, home, project: upwards(process.cwd(), 'package.json') });
