import { join } from 'node:path';
import { type Inside, SCRATCH } from './bubblewrap.js';
import type { View } from './view.js';

/**
 * The arguments with which `unshare` runs a command, which is part of every Linux: the same walls as bubblewrap's, built by a
 * script of `sh` that makes a new root of what may be seen and then gives up every right. It needs an empty folder.
 */
export function namespaces(view: View, inside: Inside): readonly string[] {
  const own = ['--user', '--map-root-user', '--mount', '--pid', '--net', '--ipc', '--uts'];
  const life = ['--fork', '--kill-child', '--propagation', 'private'];
  return [...own, ...life, 'sh', '-c', script(view, inside), 'sandbox', ...inside.command];
}

function script({ readable, caches, links, workplace }: View, { folder, isTrusted }: Inside): string {
  return [
    'set -eu',
    'umask 022',
    `new=${quoted(join(folder, 'root'))}`,
    'mkdir "$new"',
    'mount -t tmpfs -o mode=755 root "$new"',
    'mkdir -p "$new/proc" "$new/.old"',
    `scratch() { mkdir -p "$new$1"; mount -t tmpfs -o mode=1777,size=${SCRATCH} scratch "$new$1"; }`,
    'scratch /tmp',
    'scratch /dev/shm',
    'place() { if [ -d "$1" ]; then mkdir -p "$new$2"; else mkdir -p "$new$(dirname "$2")"; : > "$new$2"; fi; }',
    'share() { place "$1" "$1"; mount --rbind "$1" "$new$1"; }',
    'show() { share "$1"; mount -o remount,bind,ro "$new$1"; }',
    ...links.map(({ at, to }) => `ln -s ${quoted(to)} "$new"${quoted(at)}`),
    ...readable.map((path) => `show ${quoted(path)}`),
    ...caches.map((path) => `${isTrusted ? 'share' : 'show'} ${quoted(path)}`),
    `scratch ${quoted(workplace)}`,
    'mount -t proc proc "$new/proc"',
    'echo 0 > "$new/proc/sys/user/max_user_namespaces"', // in one of its own the command could mount more scratch
    'lock() { mount --bind "$new$1" "$new$1"; mount -o remount,bind,ro "$new$1"; }', // root may write there without any right
    'for path in sys sysrq-trigger irq bus; do [ ! -e "$new/proc/$path" ] || lock "/proc/$path"; done',
    'for path in null zero full random urandom; do place /dev/null "/dev/$path"; mount --bind "/dev/$path" "$new/dev/$path"; done',
    'ln -s /proc/self/fd "$new/dev/fd"',
    'cd "$new"',
    'pivot_root . .old',
    'umount -l /.old',
    'rmdir /.old',
    'mount -o remount,bind,ro /',
    `cd ${quoted(workplace)}`,
    'exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"',
  ].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
