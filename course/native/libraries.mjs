// @ts-check
import { mkdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipOf } from '../setup/environment.mjs';
import { explain } from '../setup/explain.mjs';
import { pythonEnv } from '../setup/python.mjs';
import { run } from '../setup/run.mjs';
import { hashFiles, readStamp, writeStamp } from '../setup/stamp.mjs';
import { findCompiler, needSpace } from './machine.mjs';
import { folderOf } from './places.mjs';
import { showProgress } from './progress.mjs';

/** @typedef {import('../setup/project.mjs').Project} Project */
/** @typedef {import('./native.mjs').Kind} Kind */

/** @type {Readonly<Record<Kind, { title: string, megabytes: number, gigabytes: number }>>} */
const sizes = {
  cpu: { title: 'TensorFlow for the CPU, 259 MB', megabytes: 259, gigabytes: 1.2 },
  gpu: { title: 'TensorFlow and CUDA, 3 GB', megabytes: 3000, gigabytes: 8 },
};

// Wheels are zip archives; these are the libraries, and the headers of TensorFlow's C interface.
const unpacking = `
import pathlib, re, sys, zipfile
wanted = re.compile(r'tensorflow/libtensorflow_(cc|framework)[.]so[.]2$|nvidia/[^/]+/lib/'
    r'|tensorflow/include/(tensorflow/c/|tensorflow/core/platform/ctstring|tsl/platform/ctstring|xla/tsl/c/)')
for wheel in pathlib.Path(sys.argv[1]).glob('*.whl'):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(sys.argv[2], filter(wanted.match, archive.namelist()))
    wheel.unlink()
`;

/**
 * Takes TensorFlow's libraries out of the locked wheels of its Python package.
 *
 * @param {Kind} kind
 * @returns {import('../setup/steps.mjs').Step}
 */
export const libraries = (kind) => ({
  title: sizes[kind].title,
  isReady: (project) => readStamp(stampOf(folderOf(project, kind)))?.['lock'] === lockOf(kind),

  async make(project) {
    // The addon's need, but better known before a large download.
    findCompiler();
    needSpace(project.build, sizes[kind].gigabytes);
    const folder = folderOf(project, kind);
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    try {
      mkdirSync(join(unfinished, 'wheels', 'temporary'), { recursive: true });
      await download(project, kind, join(unfinished, 'wheels'));
      await unpack(project, unfinished);
      writeStamp(stampOf(unfinished), { lock: lockOf(kind) });
      await rm(folder, { recursive: true, force: true });
      renameSync(unfinished, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  },
});

/**
 * @param {Project} project
 * @param {Kind} kind
 * @param {string} wheels
 */
async function download(project, kind, wheels) {
  const platforms = ['manylinux2014_x86_64', 'manylinux_2_17_x86_64', 'manylinux_2_27_x86_64'];
  const machine = ['--implementation=cp', '--python-version=3.12', ...platforms.map((name) => `--platform=${name}`)];
  // No cache: it would keep a second copy in the home folder, which is often small.
  const options = ['--no-deps', '--require-hashes', '--only-binary=:all:', '--no-cache-dir', '--no-input', '--quiet'];
  const command = [...pipOf(project), 'download', ...options, ...machine, '--dest', wheels, '-r', fileOf(kind)];
  const stopShowing = showProgress(wheels, sizes[kind].megabytes);
  try {
    const env = { ...pythonEnv(), TMPDIR: join(wheels, 'temporary') };
    const { code, output } = await run(command, { cwd: project.root, env });
    if (code !== 0) throw explain('pip', output);
  } finally {
    stopShowing();
  }
}

/**
 * @param {Project} project
 * @param {string} folder
 */
async function unpack(project, folder) {
  const wheels = join(folder, 'wheels');
  const { code, output } = await run([project.python, '-c', unpacking, wheels, folder], { cwd: project.root });
  if (code !== 0) throw explain('Unpacking', output);
  await rm(wheels, { recursive: true });
  const own = ['cc', 'framework'].map((name) => join(folder, 'tensorflow', `libtensorflow_${name}.so.2`));
  // A quarter of them are names for debuggers; they may stay where there is no strip.
  await run(['strip', '--strip-unneeded', ...own], { cwd: project.root });
}

/** @param {Kind} kind */
const fileOf = (kind) => join(import.meta.dirname, `${kind}.txt`);

/** @param {Kind} kind */
const lockOf = (kind) => hashFiles(fileOf(kind));

/** @param {string} folder */
const stampOf = (folder) => join(folder, 'libraries.json');
