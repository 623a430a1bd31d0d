// A small Jupyter front end: starts a kernel as a notebook server would, talks to it, and never leaves one behind.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, type Transport } from './connection.js';
import { type Conversation, converse } from './conversation.js';
import { type Exit, launch, type Running } from './process.js';
import { openSession, type Session } from './session.js';
import { pause, within } from './within.js';

/** How to start a kernel. */
export interface KernelOptions {
  /** The notebook's folder; default this process' folder. */
  readonly cwd?: string;
  /** Variables added to the environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default `'tcp'`. */
  readonly transport?: Transport;
  /** Program and arguments, `{connection_file}` among them; default the course kernel. */
  readonly command?: readonly string[];
  /** How long the start may take; default 30. */
  readonly seconds?: number;
}

/** A running kernel and a front end connected to it. */
export interface Kernel extends Conversation {
  pid(): number;
  /** Seconds from its start to its first answer. */
  answeredAfter(): number;
  /** Sends a signal to the process. */
  signal(name: NodeJS.Signals): void;
  /** Settles when the process has ended. */
  exited(): Promise<Exit>;
  hasEnded(): boolean;
  /** What the process wrote past Jupyter's channels. */
  log(): string;
  /** Asks the kernel to end and waits until it has; default 10 seconds. */
  shutdown(seconds?: number): Promise<Exit>;
  /** Ends the kernel and starts it again with the same connection, as Jupyter's Restart does. */
  restart(): Promise<void>;
  /** Ends everything, by force if need be. Safe to call twice. */
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../build/kernel/main.js', import.meta.url));

/** The command that starts the course kernel; the variable `NETLENS_NODE` names another Node to run it. */
export function kernelCommand(): string[] {
  const node = process.env['NETLENS_NODE'] ?? process.execPath;
  return [node, '--experimental-vm-modules', '--no-force-async-hooks-checks', MAIN, '{connection_file}'];
}

/** Starts a kernel and waits until it answers. */
export async function startKernel(options: KernelOptions = {}): Promise<Kernel> {
  const { cwd = process.cwd(), env = {}, transport = 'tcp', command = kernelCommand(), seconds = 30 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'kernel-'));
  const connection = await createConnection(folder, transport);
  const words = command.map((word) => word.replace('{connection_file}', connection.file));
  const start = performance.now();
  let running = launch(words, cwd, env);
  const session = openSession(connection, () => running);
  const stop = async (): Promise<void> => {
    // V8 writes down what it has counted only at an end in order.
    const isCounted = 'NODE_V8_COVERAGE' in process.env && !running.hasEnded();
    if (isCounted) await shutDown(session, running, { restart: false, seconds: 10 }).catch(() => undefined);
    await kill(running);
    session.sockets.close();
    await rm(folder, { recursive: true, force: true });
  };
  const restart = async (): Promise<void> => {
    if (!running.hasEnded()) await shutDown(session, running, { restart: true, seconds: 10 });
    running = launch(words, cwd, env);
    await untilReady(session, seconds);
  };
  let answered: number;
  try {
    answered = await untilReady(session, seconds);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...converse(session),
    pid: () => running.pid,
    answeredAfter: () => (answered - start) / 1000,
    signal: (name) => running.signal(name),
    exited: () => running.exited,
    hasEnded: () => running.hasEnded(),
    log: () => running.log(),
    shutdown: (limit = 10) => shutDown(session, running, { restart: false, seconds: limit }),
    restart,
    stop,
  };
}

/** Waits until its output arrives (what it publishes before we are connected is lost); gives the time of its first answer. */
async function untilReady(session: Session, seconds: number): Promise<number> {
  const end = Date.now() + seconds * 1000;
  await session.request('kernel_info_request', {}, { seconds, untilIdle: false });
  const answered = performance.now();
  while (Date.now() < end) {
    const again = session.request('kernel_info_request', {}, { seconds: 0.5 });
    if (await again.then(() => true).catch(() => false)) return answered;
  }
  throw new Error(`waited ${seconds} s for the kernel's output channel`);
}

async function shutDown(
  session: Session,
  running: Running,
  { restart, seconds }: { restart: boolean; seconds: number },
): Promise<Exit> {
  await session.request('shutdown_request', { restart }, { channel: 'control', seconds, untilIdle: false });
  return within(running.exited, seconds, () => 'the kernel to end');
}

async function kill(running: Running): Promise<void> {
  running.signal('SIGKILL');
  await Promise.race([running.exited, pause(5)]);
}
