import { join } from 'node:path';
import type { View } from './view.js';

/** What runs behind walls, and where. */
export interface Inside {
  /** The folder `work` in it is the private folder of the command. */
  readonly folder: string;
  readonly command: readonly string[];
  /** The teacher's own code: it may write the caches that later runs read. */
  readonly isTrusted: boolean;
}

/** The arguments with which bubblewrap runs a command: a file system of its own, no network, no other process in sight. */
export function bubblewrap(view: View, { folder, command, isTrusted }: Inside): readonly string[] {
  const readable = isTrusted ? view.readable : [...view.readable, ...view.caches];
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...view.links.flatMap(({ at, to }) => ['--symlink', to, at]),
    ...readable.flatMap((path) => ['--ro-bind', path, path]),
    ...(isTrusted ? view.caches.flatMap((path) => ['--bind', path, path]) : []),
    ...['--bind', join(folder, 'work'), view.workplace, '--chdir', view.workplace],
    '--',
    ...command,
  ];
}
