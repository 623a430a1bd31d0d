import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { usageOf } from './processes.js';
import type { Wrapped } from './sandbox.js';

/** What a run may use. */
export interface Limits {
  /** Of a cell, in seconds. */
  readonly cell: number;
  /** Of the whole run, in seconds; the same for the processor's time of each process. */
  readonly seconds: number;
  /** Of all its processes together, in bytes; also of each alone. */
  readonly memory: number;
  /** With sixteen times as many threads. */
  readonly processes: number;
  /** Of what it gives, and of each file that it writes, in bytes. */
  readonly output: number;
}

/** Why a run ended: by itself, or because it had used up something. */
type End = 'ended' | 'time' | 'memory' | 'processes' | 'output';

/** How a run went. */
export interface Run {
  readonly end: End;
  readonly code: number | null;
  /** What it wrote to standard output. */
  readonly output: Buffer;
  /** The end of what it wrote to standard error. */
  readonly words: string;
  readonly seconds: number;
}

const WATCH_MS = 200;
const LINGER_MS = 2000;
const THREADS = 16;
const MOST_WORDS = 20_000;

/** A command and what it reads from standard input. */
export interface Task extends Wrapped {
  readonly input: string;
}

/** Runs a command within limits and kills all that it has started when it goes beyond, or when `signal` is aborted. */
export async function runLimited(task: Task, limits: Limits, signal?: AbortSignal): Promise<Run> {
  signal?.throwIfAborted();
  const started = performance.now();
  const command = ['-c', `${ulimits(limits)}\nexec "$@"`, 'sh', task.program, ...task.args];
  const child = spawn('sh', command, { cwd: task.cwd, detached: true, env: environment() });
  const watch = watchOver(child, { limits, started, signal });
  const heard = listenTo(child, () => watch.stop('output'), limits.output);
  child.stdin.on('error', () => {}); // it did not wait for all of it
  child.stdin.end(task.input);
  // Without walls something that it has left may hold on to its output.
  child.on('exit', () => setTimeout(hangUp, LINGER_MS, child).unref());
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const end = watch.finish();
  signal?.throwIfAborted();
  return { end, code, ...heard(), seconds: (performance.now() - started) / 1000 };
}

function hangUp({ stdout, stderr }: ChildProcessWithoutNullStreams): void {
  stdout.destroy();
  stderr.destroy();
}

/** Collects what a process writes; more than `most` bytes are too many. */
function listenTo({ stdout, stderr }: ChildProcessWithoutNullStreams, tooMuch: () => void, most: number) {
  const parts: Buffer[] = [];
  let size = 0;
  let words = '';
  stdout.on('data', (part: Buffer) => {
    size += part.length;
    if (size > most) tooMuch();
    else parts.push(part);
  });
  stderr.on('data', (text: Buffer) => {
    words = (words + text.toString()).slice(-MOST_WORDS);
  });
  return () => ({ output: Buffer.concat(parts), words });
}

interface Watched {
  readonly limits: Limits;
  readonly started: number;
  readonly signal: AbortSignal | undefined;
}

/** Looks at a process again and again; it and all that it has started end when it is told to stop. */
function watchOver(child: ChildProcess, { limits, started, signal }: Watched) {
  let end: End = 'ended';
  const root = child.pid!;
  const stop = (reason: End): void => {
    if (end === 'ended') end = reason;
    kill(root);
  };
  const look = (): void => {
    const { memory, processes, threads } = usageOf(root);
    if (signal?.aborted) kill(root);
    else if (performance.now() - started > 1000 * limits.seconds) stop('time');
    else if (memory > limits.memory) stop('memory');
    else if (processes.length > limits.processes || threads > THREADS * limits.processes) stop('processes');
  };
  const timer = setInterval(look, WATCH_MS);
  const finish = (): End => {
    clearInterval(timer);
    kill(root);
    return end;
  };
  return { stop, finish };
}

/** The group, and all that has left it: a kernel has a group of its own. */
function kill(root: number): void {
  for (const pid of [-root, ...usageOf(root).processes]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended
    }
  }
}

/** What the system itself can limit. V8 reserves far more address space than it uses, so only what is written to counts. */
function ulimits({ seconds, memory, output }: Limits): string {
  const blocks = Math.ceil(output / 512);
  const limits = [`-t ${Math.ceil(seconds)}`, `-f ${blocks}`, `-d ${Math.ceil(memory / 1024)}`, '-c 0'];
  return limits.map((limit) => `ulimit ${limit} 2>/dev/null || true`).join('\n');
}

/** Nothing of the teacher's environment but the paths of programs. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, LANG = 'C.UTF-8', TZ } = process.env;
  const own = { HOME: '/tmp', JUPYTER_RUNTIME_DIR: '/tmp/jupyter', IPYTHONDIR: '/tmp/ipython', JUPYTER_NO_CONFIG: '1' };
  return { PATH, LANG, ...(TZ !== undefined && { TZ }), ...own };
}
