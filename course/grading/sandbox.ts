import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bubblewrap, type Inside } from './bubblewrap.js';
import { namespaces } from './namespaces.js';
import { isIn, type View, viewOf } from './view.js';

/** The kinds of walls around the code of students, best first. */
export const SANDBOXES = ['bubblewrap', 'namespaces', 'none'] as const;
export type SandboxKind = (typeof SANDBOXES)[number];

/** What a kind means, as the report says it. */
export const MEANING: Readonly<Record<SandboxKind, string>> = {
  bubblewrap: 'Bubblewrap: no network, files read-only and only those of the notebooks, no other process in sight.',
  namespaces:
    'Linux namespaces (unshare): no network, files read-only and only those of the notebooks, no other process in sight.',
  none: 'None: the code of students could read and write what you can, and use the network. Only time, memory, processes and output were limited.',
};

const programs = { bubblewrap: 'bwrap', namespaces: 'unshare' } as const;

/** Walls for commands. */
export interface Sandbox {
  readonly kind: SandboxKind;
  /** Where folders for its commands are made. */
  readonly home: string;
  /** The command behind these walls; it starts in the project's folder of notebooks, which is its private folder there. */
  readonly wrap: (inside: Inside) => Wrapped;
}

/** A command line, and where it starts. */
export interface Wrapped {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/**
 * The wanted walls, or else the best that this machine has.
 *
 * @throws Error if the machine has not what is wanted, or none at all and nobody said that this is fine; if the project lies where
 * code of students may read.
 */
export function chooseSandbox(root: string, wanted?: SandboxKind): Sandbox {
  const view = viewOf(root);
  if (wanted === 'none') return sandbox('none', view);
  const around = view.readable.find((path) => isIn(root, path));
  if (around)
    throw new Error(`grade needs the project outside of ${around}, which code of students may read, got ${root}`);
  const candidates = wanted === undefined ? (['bubblewrap', 'namespaces'] as const) : [wanted];
  const found = candidates.find((kind) => works(sandbox(kind, view)));
  if (found) return sandbox(found, view);
  const what = wanted ?? 'walls around the code of students';
  throw new Error(
    `grade needs ${what}, got none that works here: install bubblewrap (apt install bubblewrap), or run with --sandbox none`,
  );
}

function sandbox(kind: SandboxKind, view: View): Sandbox {
  // Without walls the private folder must stand beside the project's folder of notebooks, so that ../data is found.
  const home = kind === 'none' ? dirname(view.workplace) : tmpdir();
  return { kind, home, wrap: (inside) => wrapped(kind, view, inside) };
}

function wrapped(kind: SandboxKind, view: View, inside: Inside): Wrapped {
  const { folder, command } = inside;
  if (kind === 'none') return { program: command[0]!, args: command.slice(1), cwd: folder };
  const args = (kind === 'bubblewrap' ? bubblewrap : namespaces)(view, inside);
  return { program: programs[kind], args, cwd: folder };
}

/** Whether a command can be run behind these walls: installed is not enough where user namespaces are forbidden. */
function works({ wrap }: Sandbox): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'netlens-sandbox-'));
  try {
    const { program, args, cwd } = wrap({ folder, command: ['true'], isTrusted: false });
    return spawnSync(program, args, { cwd, stdio: 'ignore' }).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
