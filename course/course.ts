import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createNotebook, type Notebook } from './notebook.js';
import { readSource, type Source, withoutSolution, withSolution } from './source.js';
import { root } from './tools.js';

const folder = join(root, 'exercises');

/** All exercise sources of the course, in order. */
export async function readCourse(): Promise<readonly Source[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  return Promise.all(files.map((file) => readSource(join(folder, file))));
}

/** The notebook that students open: answers are stubs that say which exercise is not written yet. */
export function studentNotebook({ cells }: Source): Notebook {
  return createNotebook(cells, withoutSolution);
}

/** The notebook with every answer. */
export function solutionNotebook({ cells }: Source): Notebook {
  return createNotebook(cells, withSolution);
}
