// npm run release [-- [options] [name…]]: makes the notebooks of students, the specifications of the grader and the bundle for
// students from exercises/.
//   --check              only says whether the notebooks are up to date
//   --nbgrader <folder>  writes a course for nbgrader instead
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { studentBundle } from './bundle.js';
import { readCourse, solutionNotebook, studentNotebook } from './course.js';
import { specificationOf } from './grading/specification.js';
import { writeNbgraderCourse } from './nbgrader/write-course.js';
import { needTodo } from './need-todo.js';
import { formatNotebook } from './notebook.js';
import { answerHelp } from './setup/help.mjs';
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

/** The notebooks of these names; without a name all. */
function chosen(course: readonly Source[], names: readonly string[]): readonly Source[] {
  const unknown = names.find((name) => !course.some((source) => source.name === name));
  if (unknown !== undefined)
    throw new Error(`release needs notebooks of ${course.map(({ name }) => name).join(', ')}, got ${unknown}`);
  return course.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function release(args: string[]): Promise<void> {
  const options = { check: { type: 'boolean' }, nbgrader: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const course = chosen(await readCourse(), positionals);
  for (const source of course) needTodo(source);
  if (values.check) for (const source of course) await checkNotebook(source);
  else if (values.nbgrader !== undefined) {
    for await (const file of writeNbgraderCourse(resolve(values.nbgrader), course)) console.log(`${file} written`);
  } else {
    for (const source of course) await writeProducts(source);
    await write(join(RELEASE, 'netlens-course.zip'), studentBundle());
  }
}

answerHelp(import.meta.filename);
try {
  await release(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
