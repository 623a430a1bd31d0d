// A kernel process that cannot be forgotten: whatever happens to a test, none stays behind.
import { type ChildProcess, spawn } from 'node:child_process';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A started process. */
export interface Running {
  readonly pid: number;
  /** Settles when the process has ended. */
  readonly exited: Promise<Exit>;
  hasEnded(): boolean;
  signal(name: NodeJS.Signals): void;
  /** What it wrote past Jupyter's channels, to its own stdout and stderr. */
  log(): string;
}

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts `command` in `cwd`; `env` is added to this process' environment. */
export function launch(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  alive.add(child);
  let log = '';
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<Exit>((resolve) => {
    const end = (exit: Exit): void => {
      alive.delete(child);
      resolve(exit);
    };
    child.once('exit', (code, signal) => end({ code, signal }));
    child.once('error', (error) => {
      keep(Buffer.from(error.message));
      end({ code: null, signal: null });
    });
  });
  return {
    pid: child.pid ?? 0,
    exited,
    hasEnded: () => !alive.has(child),
    signal: (name) => void child.kill(name),
    log: () => log,
  };
}
