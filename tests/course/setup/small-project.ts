import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root as course } from '../../../course/tools.js';

/** A project of a few files with the real set-up in it: one package, one Python package, one source each. */
export interface SmallProject {
  readonly root: string;
  /** Writes a file of the project. */
  write(path: string, text: string): void;
  /** Removes the project and what lies around it. */
  remove(): void;
}

/** How a command ended and what it said. */
export interface Ending {
  readonly code: number | null;
  readonly said: string;
  readonly seconds: number;
}

const wheel = 'vendor/tiny-1.0-py3-none-any.whl';

// A wheel is a zip archive with these four files.
const writeWheel = `
import sys, zipfile
info = 'tiny-1.0.dist-info/'
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    archive.writestr('tiny.py', 'answer = 42')
    archive.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n')
    archive.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    archive.writestr(info + 'RECORD', ''.join(name + ',,\\n' for name in
        ['tiny.py', info + 'METADATA', info + 'WHEEL', info + 'RECORD']))
`;

/** Makes a small project in a new folder of that name. */
export function smallProject(name = 'small'): SmallProject {
  const around = mkdtempSync(join(tmpdir(), 'netlens-'));
  const root = join(around, name);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  writePackages(write);
  writeSources(write);
  for (const part of [
    'course/setup',
    'course/native',
    'course/doctor',
    'course/jupyter',
    'course/setup.mjs',
    'course/doctor.mjs',
  ])
    cpSync(join(course, part), join(root, part), { recursive: true });
  writePythonPackage(root);
  write('requirements.txt', `./${wheel} --hash=sha256:${hashOf(join(root, wheel))}\n`);
  write('requirements-tests.txt', '# nothing more\n');
  return { root, write, remove: () => rmSync(around, { recursive: true, force: true }) };
}

/** Runs a command of the project's set-up to its end. */
export async function runCommand(
  project: SmallProject,
  command: 'setup.mjs' | 'doctor.mjs',
  options: Options = {},
): Promise<Ending> {
  const started = performance.now();
  const { child, said } = startCommand(project, command, options);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said: said(), seconds: (performance.now() - started) / 1000 };
}

/** Starts a command of the project's set-up. */
export function startCommand(
  { root }: SmallProject,
  command: 'setup.mjs' | 'doctor.mjs',
  { args = [], env = {}, uid }: Options = {},
): { readonly child: ChildProcess; said(): string } {
  const child = spawn(process.execPath, [join(root, 'course', command), ...args], {
    env: { ...process.env, ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return { child, said: () => said };
}

interface Options {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number | undefined;
}

type Write = SmallProject['write'];

function writePackages(write: Write): void {
  const typescript = { version: '5.9.3', dev: true };
  const devDependencies = { typescript: 'file:vendor/typescript' };
  write('package.json', JSON.stringify({ name: 'small', type: 'module', devDependencies }));
  write(
    'package-lock.json',
    JSON.stringify({
      name: 'small',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'small', devDependencies },
        'node_modules/typescript': { resolved: 'vendor/typescript', link: true },
        'vendor/typescript': typescript,
      },
    }),
  );
  // The real compiler, in a package of its own.
  const tsc = join(course, 'node_modules', 'typescript', 'bin', 'tsc');
  write('vendor/typescript/package.json', JSON.stringify({ name: 'typescript', version: typescript.version }));
  write('vendor/typescript/bin/tsc', `require(${JSON.stringify(tsc)});\n`);
}

function writeSources(write: Write): void {
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: { module: 'nodenext', strict: true, types: [], lib: ['es5'], skipLibCheck: true },
    }),
  );
  for (const [folder, outDir] of [
    ['lib', '../dist'],
    ['kernel', '../build/kernel'],
  ] as const) {
    const tsBuildInfoFile = `../build/${folder}.tsbuildinfo`;
    const compilerOptions = { rootDir: '.', outDir, incremental: true, tsBuildInfoFile };
    write(`${folder}/tsconfig.json`, JSON.stringify({ extends: '../tsconfig.json', compilerOptions, include: ['.'] }));
  }
  write('lib/index.ts', 'export const answer: number = 42;\n');
  write('kernel/main.ts', 'export const answer: number = 42;\n');
  const ahead = `// @ts-nocheck
    import { mkdirSync, writeFileSync } from 'node:fs';
    mkdirSync('../build/kernel-cache', { recursive: true });
    writeFileSync('../build/kernel-cache/asked', process.argv.slice(2).join());\n`;
  write('kernel/ahead.ts', ahead);
  write('notebooks/first.ipynb', '{}');
}

function writePythonPackage(root: string): void {
  const python = join(course, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  execFileSync(python, ['-c', writeWheel, join(root, wheel)]);
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
