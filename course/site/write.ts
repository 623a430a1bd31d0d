import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withMathMl } from '../formulas.js';
import { formatNotebook } from '../notebook.js';
import { root, runTool } from '../tools.js';
import type { Executed } from './executed.js';
import { type Page, pagesOf } from './pages.js';
import { searchIndex } from './search-index.js';

const assets = join(import.meta.dirname, 'assets');
const plotly = join(root, 'node_modules', 'plotly.js-cartesian-dist-min', 'plotly-cartesian.min.js');

/** Writes the site of a course into a folder, which it replaces. */
export async function writeSite(course: readonly Executed[], folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writePages(pagesOf(course), folder);
  for (const asset of ['site.css', 'page.js', 'figures.js', 'search.js']) {
    await cp(join(assets, asset), join(folder, asset));
  }
  await cp(plotly, join(folder, 'plotly.js'));
  await writeFile(join(folder, 'search-index.js'), searchIndex(course));
}

async function writePages(pages: readonly Page[], folder: string): Promise<void> {
  const drafts = await mkdtemp(join(tmpdir(), 'netlens-site-'));
  try {
    const files = pages.map(({ name }) => join(drafts, `${name}.ipynb`));
    await Promise.all(pages.map(({ notebook }, i) => writeFile(files[i]!, formatNotebook(notebook))));
    const options = ['--to', 'html', '--template', 'netlens-site', '--HTMLExporter.exclude_anchor_links=True'];
    await runTool('jupyter-nbconvert', [...options, '--log-level=WARN', '--output-dir', folder, ...files]);
  } finally {
    await rm(drafts, { recursive: true });
  }
  for (const { name } of pages) {
    const file = join(folder, `${name}.html`);
    await writeFile(file, withMathMl(await readFile(file, 'utf8')));
  }
}
