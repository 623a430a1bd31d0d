import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Room } from '../grading/execute.js';
import { referenceOf } from '../grading/reference.js';
import { chooseSandbox } from '../grading/sandbox.js';
import { specificationOf } from '../grading/specification.js';
import { formatNotebook } from '../notebook.js';
import type { Source } from '../source.js';
import { root } from '../tools.js';
import { nbgraderNotebook } from './source-notebook.js';

const GIGABYTE = 2 ** 30;
const CONFIG = 'nbgrader_config.py';
const PROJECT_LINE = /^PROJECT = .*$/m;

/**
 * Writes what nbgrader needs of a course into the folder of an nbgrader course: an assignment per notebook and, unless there is
 * one, the configuration. The probes are run with the right answers, for the values that the tests compare with.
 *
 * @returns the files that were written, one after the other.
 */
export async function* writeNbgraderCourse(folder: string, course: readonly Source[]): AsyncGenerator<string> {
  const room: Room = {
    sandbox: chooseSandbox(root, 'none'), // the code is the teacher's own
    limits: { cell: 600, seconds: 600, memory: 8 * GIGABYTE, processes: 64, output: GIGABYTE },
    isTrusted: true,
  };
  await mkdir(folder, { recursive: true });
  if (await writeConfig(join(folder, CONFIG))) yield join(folder, CONFIG);
  for (const source of course) {
    const reference = await referenceOf(specificationOf(source), room);
    const place = join(folder, 'source', source.name);
    const file = join(place, `${source.name}.ipynb`);
    await mkdir(place, { recursive: true });
    await writeFile(file, formatNotebook(nbgraderNotebook(source, reference)));
    yield file;
  }
}

/** A configuration that is there already is the teacher's and stays as it is. */
async function writeConfig(file: string): Promise<boolean> {
  const text = await readFile(join(import.meta.dirname, CONFIG), 'utf8');
  try {
    await writeFile(
      file,
      text.replace(PROJECT_LINE, () => `PROJECT = ${JSON.stringify(root)}`),
      { flag: 'wx' },
    );
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
