// npm run notebooks [-- name…]: executes the solution notebooks headless; notebooks and HTML pages land under build/.
import { relative } from 'node:path';
import { readCourse, solutionNotebook } from './course.js';
import { execute, writePages } from './execute.js';
import { problems } from './notebook.js';
import { answerHelp } from './setup/help.mjs';
import { root } from './tools.js';

answerHelp(import.meta.filename);
const wanted = process.argv.slice(2);
const course = await readCourse();
const unknown = wanted.find((name) => !course.some((source) => source.name === name));
if (unknown !== undefined) {
  console.error(
    `npm run notebooks needs names of exercises (${course.map(({ name }) => name).join(', ')}), got ${unknown}`,
  );
  process.exit(2);
}

const pages: string[] = [];
for (const source of course.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  try {
    const { file, notebook, seconds } = await execute(source.name, solutionNotebook(source));
    const found = problems(notebook);
    report(source.name, seconds, found);
    pages.push(file);
  } catch (error) {
    report(source.name, undefined, [String(error)]);
  }
}
if (pages.length > 0) await writePages(pages);
for (const file of pages) console.log(`  ${relative(root, file.replace(/\.ipynb$/, '.html'))}`);

function report(name: string, seconds: number | undefined, found: readonly string[]): void {
  const time = seconds === undefined ? '–' : `${seconds.toFixed(1)} s`;
  console.log(`${name.padEnd(24)} ${time.padStart(8)}  ${found.length === 0 ? 'ran' : 'failed'}`);
  for (const problem of found) console.error(`  ${problem}`);
  if (found.length > 0) process.exitCode = 1;
}
