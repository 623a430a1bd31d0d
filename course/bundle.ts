import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { root } from './tools.js';

/** The name of the folder that the bundle unpacks into. */
const FOLDER = 'netlens-course';

/** What students get. All else stays with the teacher: exercise sources, solutions, probes, the grader. */
const INCLUDED = [
  ...['.mocharc.json', '.npmrc', 'LICENSE', 'environment.yml', 'package-lock.json', 'tsconfig.json'],
  ...['requirements.txt', 'requirements-tests.txt', 'data', 'docs', 'kernel', 'lib', 'notebooks', 'tests', 'vendor'],
  ...['course/doctor', 'course/doctor.mjs', 'course/jupyter', 'course/node-version.cjs'],
  ...['course/native', 'course/native.mjs', 'course/setup', 'course/setup.mjs', 'course/start.mjs'],
  ...['.devcontainer', '.dockerignore', 'Dockerfile', 'requirements-hub.txt'],
  ...['.vscode/extensions.json', '.vscode/settings.json'],
];
const LEFT_OUT =
  /^(docs\/(teaching|decisions)\.md|notebooks\/(models|.*checkpoints)|tests\/(browser|course|coverage|package)|tests\/(dense\/kernels|lorenz96\/engines)\.test\.ts)/;
const SCRIPTS = ['setup', 'start', 'test', 'doctor', 'native'];
/** The earliest date that a zip can hold: the same files give the same bytes. */
const DATE = new Date(1980, 0, 1);

/** The course as students get it: a zip that works after unpacking, with `npm start` and `npm test`. */
export function studentBundle(): Uint8Array {
  const files: Zippable = {
    [`${FOLDER}/package.json`]: new TextEncoder().encode(packageFile()),
    [`${FOLDER}/README.md`]: new TextEncoder().encode(readme()),
  };
  for (const path of INCLUDED.flatMap(filesIn)) files[`${FOLDER}/${path}`] = readFileSync(join(root, path));
  return zipSync(files, { level: 9, mtime: DATE });
}

/** The files below a path of the project, or the file itself, in order. */
function filesIn(path: string): readonly string[] {
  if (LEFT_OUT.test(path)) return [];
  const entries = readEntries(path);
  if (!entries) return [path];
  return entries.sort().flatMap((name) => filesIn(`${path}/${name}`));
}

function readEntries(path: string): string[] | undefined {
  try {
    return readdirSync(join(root, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function packageFile(): string {
  const all = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const scripts = Object.fromEntries(SCRIPTS.map((name) => [name, all.scripts[name]]));
  return `${JSON.stringify({ ...all, scripts }, undefined, 2)}\n`;
}

/** Without what is for contributors and teachers: where that leads to is not in the bundle. */
function readme(): string {
  return readFileSync(join(root, 'README.md'), 'utf8').replace(/^## For contributors[\s\S]*(?=^MIT licence)/m, '');
}
