import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What code of students sees of this machine: nothing but these, read-only, and one folder of its own. */
export interface View {
  /** Files and folders, absolute. */
  readonly readable: readonly string[];
  /** Folders that trusted code may write to. */
  readonly caches: readonly string[];
  /** Links of the file system's root, such as /lib to usr/lib. */
  readonly links: readonly { readonly at: string; readonly to: string }[];
  /** The folder for notebooks in the project; in its place stands the private folder. */
  readonly workplace: string;
}

const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/nix/store'];
const SETTINGS = [
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/alternatives',
  '/etc/fonts',
  '/etc/localtime',
  '/etc/ssl/certs',
];
const PROJECT = [
  'package.json',
  'tsconfig.json',
  'lib',
  'data',
  'node_modules',
  'vendor',
  '.venv',
  'build/kernel',
  'course/grading/probe.ts',
];

/** The part of the machine and of the project that notebooks need: no exercise source, no solution, no other student. */
export function viewOf(root: string): View {
  const links = SYSTEM.filter((path) => existsSync(path) && lstatSync(path).isSymbolicLink());
  const system = [...SYSTEM, ...SETTINGS].filter((path) => existsSync(path) && !links.includes(path));
  const project = PROJECT.map((path) => join(root, path)).filter((path) => existsSync(path));
  const programs = [process.execPath, join(root, '.venv/bin/python')].filter((path) => existsSync(path));
  const installed = programs.map((path) => prefixOf(realpathSync(path), [root, homedir()]));
  return {
    readable: [
      ...new Set([...system, ...installed.filter((path) => !system.some((each) => isIn(path, each))), ...project]),
    ],
    caches: [join(root, 'build/kernel-cache')].filter((path) => existsSync(path)),
    links: links.map((at) => ({ at, to: readlinkSync(at) })),
    workplace: join(root, 'notebooks'),
  };
}

/** The folder that a program was installed into: of /opt/node/bin/node it is /opt/node. Of ~/bin/node it is the program alone. */
export function prefixOf(program: string, hidden: readonly string[]): string {
  const prefix = dirname(dirname(program));
  return hidden.some((each) => isIn(each, prefix)) ? program : prefix;
}

/** Whether a path is a folder or lies in it. */
export function isIn(path: string, folder: string): boolean {
  return `${path}/`.startsWith(folder === '/' ? '/' : `${folder}/`);
}
