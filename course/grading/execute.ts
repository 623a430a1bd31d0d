import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatNotebook, type Notebook } from '../notebook.js';
import { root } from '../tools.js';
import { type Limits, type Run, runLimited } from './limited.js';
import type { Sandbox } from './sandbox.js';

/** Where and within which limits notebooks are run. */
export interface Room {
  readonly sandbox: Sandbox;
  readonly limits: Limits;
  /** Is what runs the teacher's own? */
  readonly isTrusted: boolean;
  readonly signal?: AbortSignal;
}

/** A notebook that was run. */
export interface Executed {
  /** With its outputs; undefined if the run did not get as far as writing it. */
  readonly notebook: Notebook | undefined;
  /** Why not, in words. */
  readonly reason: string | undefined;
  readonly seconds: number;
}

/** Executes a notebook with nbconvert on a fresh kernel. A cell that fails does not end it, one that takes too long is stopped. */
export async function executeIn({ sandbox, limits, isTrusted, signal }: Room, notebook: Notebook): Promise<Executed> {
  const folder = await mkdtemp(join(sandbox.home, '.netlens-grade-'));
  try {
    const task = {
      ...sandbox.wrap({ folder, command: nbconvert(limits), isTrusted }),
      input: formatNotebook(notebook),
    };
    const run = await runLimited(task, limits, signal);
    const executed = executedOf(run, notebook);
    return { notebook: executed, reason: executed ? undefined : reasonOf(run, limits), seconds: run.seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives a Linux process a keyring of its own: in that of the teacher's session one student could leave something for the next. */
export const OWN_KEYRING = `
import ctypes, platform
keyctl = {'Linux x86_64': 250, 'Linux aarch64': 219}.get(f'{platform.system()} {platform.machine()}')
if keyctl: ctypes.CDLL(None).syscall(keyctl, 1, None)`;

/** Runs nbconvert with an output that no other process inherits: what code writes past its kernel must not be in the notebook. */
const WITH_OWN_OUTPUT = `${OWN_KEYRING}
import os, sys
sys.stdout = os.fdopen(os.dup(1), 'w', encoding='utf-8')
os.dup2(2, 1)
from nbconvert.nbconvertapp import main
main()`;

function nbconvert({ cell }: Limits): readonly string[] {
  return [
    ...[join(root, '.venv', 'bin', 'python'), '-c', WITH_OWN_OUTPUT],
    ...['--to', 'notebook', '--execute', '--allow-errors', '--log-level=ERROR'],
    ...[`--ExecutePreprocessor.timeout=${Math.ceil(cell)}`, '--ExecutePreprocessor.interrupt_on_timeout=True'],
    '--KernelManager.transport=ipc', // a sandbox without a network need not have a loopback device
    ...['--stdin', '--stdout'], // a student's code must not find the probes in a file, nor write what the judge reads
  ];
}

function executedOf({ end, output }: Run, { cells }: Notebook): Notebook | undefined {
  if (end !== 'ended') return undefined;
  try {
    const notebook = JSON.parse(output.toString()) as Notebook;
    return notebook.cells.length === cells.length ? notebook : undefined;
  } catch {
    return undefined;
  }
}

function reasonOf({ end, code, words }: Run, limits: Limits): string {
  if (end === 'time') return `it took more than ${Math.round(limits.seconds)} s`;
  if (end === 'memory') return `it used more than ${Math.round(limits.memory / 2 ** 20)} MB of memory`;
  if (end === 'processes') return `it started more than ${limits.processes} processes, or far too many threads`;
  if (end === 'output') return `it wrote more than ${Math.round(limits.output / 2 ** 20)} MB`;
  if (/DeadKernelError|Kernel died/.test(words)) return 'the kernel was ended by the code or ran out of memory';
  const last = words.trim().split('\n').at(-1) ?? '';
  return `nbconvert ended with ${code ?? 'a signal'}: ${last}`;
}
