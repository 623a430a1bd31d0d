// npm run release: makes the notebooks of students, the specifications of the grader and the bundle for students from
// exercises/; with --check only says whether the notebooks are up to date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { studentBundle } from './bundle.js';
import { readCourse, solutionNotebook, studentNotebook } from './course.js';
import { specificationOf } from './grading/specification.js';
import { formatNotebook } from './notebook.js';
import type { Source } from './source.js';
import { root } from './tools.js';

/** For the teacher; nothing in it is for students but the bundle. */
const RELEASE = 'build/release';

async function checkNotebook(source: Source): Promise<void> {
  const file = join('notebooks', `${source.name}.ipynb`);
  const old = await readFile(join(root, file), 'utf8').catch(() => undefined);
  const isStale = old !== formatNotebook(studentNotebook(source));
  if (isStale) process.exitCode = 1;
  console.log(`${file} ${isStale ? 'is stale: run npm run release' : 'is up to date'}`);
}

async function writeProducts(source: Source): Promise<void> {
  const { name } = source;
  await write(join('notebooks', `${name}.ipynb`), formatNotebook(studentNotebook(source)));
  await write(join(RELEASE, 'solutions', `${name}.ipynb`), formatNotebook(solutionNotebook(source)));
  const specification = JSON.stringify(specificationOf(source), undefined, 1);
  await write(join(RELEASE, 'specifications', `${name}.json`), `${specification}\n`);
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(root, file, '..'), { recursive: true });
  await writeFile(join(root, file), content);
  console.log(`${file} written`);
}

const course = await readCourse();
if (process.argv.includes('--check')) for (const source of course) await checkNotebook(source);
else {
  for (const source of course) await writeProducts(source);
  await write(join(RELEASE, 'netlens-course.zip'), studentBundle());
}
