import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withMathMl } from './formulas.js';
import { formatNotebook, type Notebook } from './notebook.js';
import { root, runTool } from './tools.js';

// One level below the project, as notebooks/ is: '../data' means the same in both.
const build = join(root, 'build');

/** An executed notebook and how long nbconvert took, in seconds. */
export interface Execution {
  readonly file: string;
  readonly notebook: Notebook;
  readonly seconds: number;
}

/**
 * Executes a notebook headless with nbconvert on the course kernel and keeps it as `build/<name>.ipynb`.
 *
 * @throws Error with the failing cell if one fails.
 */
export async function execute(name: string, notebook: Notebook, signal?: AbortSignal): Promise<Execution> {
  await mkdir(build, { recursive: true });
  const file = join(build, `${name}.ipynb`);
  await writeFile(file, formatNotebook(notebook));
  const started = performance.now();
  await runTool('jupyter-nbconvert', ['--to', 'notebook', '--execute', '--inplace', '--log-level=WARN', file], signal);
  const seconds = (performance.now() - started) / 1000;
  return { file, notebook: JSON.parse(await readFile(file, 'utf8')) as Notebook, seconds };
}

/** Writes an HTML page beside each executed notebook, to be read without a network. */
export async function writePages(files: readonly string[]): Promise<void> {
  await runTool('jupyter-nbconvert', ['--to', 'html', '--template', 'netlens', '--log-level=WARN', ...files]);
  for (const page of files.map((file) => file.replace(/\.ipynb$/, '.html'))) {
    await writeFile(page, withMathMl(await readFile(page, 'utf8')));
  }
}
