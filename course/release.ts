// npm run release: writes the student notebooks from exercises/; with --check only says whether they are up to date.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCourse, studentNotebook } from './course.js';
import { formatNotebook } from './notebook.js';
import { root } from './tools.js';

const check = process.argv.includes('--check');

for (const source of await readCourse()) {
  const file = join('notebooks', `${source.name}.ipynb`);
  const text = formatNotebook(studentNotebook(source));
  const old = await readFile(join(root, file), 'utf8').catch(() => undefined);
  const state = old === text ? 'is up to date' : check ? 'is stale: run npm run release' : 'written';
  if (old !== text) {
    if (check) process.exitCode = 1;
    else await writeFile(join(root, file), text);
  }
  console.log(`${file} ${state}`);
}
