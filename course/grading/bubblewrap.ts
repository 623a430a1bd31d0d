import type { View } from './view.js';

/** What runs behind walls, and where. */
export interface Inside {
  /** An empty folder that is the command's own. */
  readonly folder: string;
  readonly command: readonly string[];
  /** The teacher's own code: it may write the caches that later runs read. */
  readonly isTrusted: boolean;
}

/** The most that is written to each place that can be written, in bytes: it lies in memory, and is nobody else's. */
export const SCRATCH: number = 256 * 2 ** 20;

/** The arguments with which bubblewrap runs a command: a file system of its own, no network, no other process in sight. */
export function bubblewrap(view: View, { command, isTrusted }: Omit<Inside, 'folder'>): readonly string[] {
  const readable = isTrusted ? view.readable : [...view.readable, ...view.caches];
  const scratch = (path: string) => ['--size', String(SCRATCH), '--tmpfs', path];
  return [
    ...[
      '--unshare-user',
      '--unshare-all',
      '--disable-userns',
      '--die-with-parent',
      '--new-session',
      '--cap-drop',
      'ALL',
    ],
    ...['--proc', '/proc', '--dev', '/dev', ...scratch('/tmp'), ...scratch('/dev/shm')],
    ...['--ro-bind', '/proc/sys', '/proc/sys'], // root may write there without any right
    ...view.links.flatMap(({ at, to }) => ['--symlink', to, at]),
    ...readable.flatMap((path) => ['--ro-bind', path, path]),
    ...(isTrusted ? view.caches.flatMap((path) => ['--bind', path, path]) : []),
    ...[...scratch(view.workplace), '--chdir', view.workplace],
    ...['--remount-ro', '/dev', '--remount-ro', '/'],
    '--',
    ...command,
  ];
}
