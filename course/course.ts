import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createNotebook, type Notebook, releaseOf } from './notebook.js';
import { withoutSolution, withSolution } from './solution.js';
import { readSource, type Source } from './source.js';
import { root } from './tools.js';

const exercises = join(root, 'exercises');

/** All exercise sources of a course, in order. */
export async function readCourse(folder: string = exercises): Promise<readonly Source[]> {
  const files = (await readdir(folder)).filter((file) => /^\d\d-.*\.ts$/.test(file)).sort();
  return Promise.all(files.map((file) => readSource(join(folder, file))));
}

/** The notebook that students open: answers are stubs that say which exercise is not written yet. It knows its release. */
export function studentNotebook({ name, cells }: Source): Notebook {
  const notebook = createNotebook(cells, withoutSolution);
  return { ...notebook, metadata: { ...notebook.metadata, netlens: { notebook: name, release: releaseOf(notebook) } } };
}

/** The notebook with every answer. */
export function solutionNotebook({ cells }: Source): Notebook {
  return createNotebook(cells, withSolution);
}
