import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { solutionNotebook } from '../course.js';
import { execute } from '../execute.js';
import { type Notebook, problems, releaseOf } from '../notebook.js';
import type { Source } from '../source.js';
import { root } from '../tools.js';

const build = join(root, 'build');

/** A notebook with the outputs of its solutions. */
export interface Executed {
  readonly source: Source;
  readonly notebook: Notebook;
  /** How long it ran, in seconds; not set if it had run before. */
  readonly seconds?: number;
}

/**
 * The executed notebook of a source: the one under build/ if it holds the same cells, else a new one.
 *
 * @throws Error naming the cells that failed.
 */
export async function executed(source: Source): Promise<Executed> {
  const known = await executedBefore(source);
  if (known) return { source, notebook: known };
  const { notebook, seconds } = await execute(source.name, solutionNotebook(source));
  const found = problems(notebook);
  if (found.length > 0) throw new Error(`${source.name} failed:\n${found.join('\n')}`);
  return { source, notebook, seconds };
}

/** The notebook of a folder if it holds the cells that its source has today, all run without a problem. */
export async function executedBefore(source: Source, folder: string = build): Promise<Notebook | undefined> {
  const text = await readFile(join(folder, `${source.name}.ipynb`), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const notebook = JSON.parse(text) as Notebook;
  const isSame = releaseOf(notebook) === releaseOf(solutionNotebook(source));
  return isSame && problems(notebook).length === 0 ? notebook : undefined;
}
