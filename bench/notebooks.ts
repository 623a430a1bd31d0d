// The notebooks, headless from nothing to the written file: what a teacher's command or CI waits for.
import { readCourse, solutionNotebook } from '../course/course.js';
import { execute } from '../course/execute.js';
import { summary, table } from './measure.js';

/** One row per notebook: nbconvert, kernel start, training, figures, everything. */
export async function notebookTable(rounds = 3): Promise<string> {
  const rows: string[][] = [];
  for (const source of await readCourse()) {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      samples.push((await execute(source.name, solutionNotebook(source))).seconds);
    }
    rows.push([`\`${source.name}\` with solutions`, summary(samples, 1)]);
  }
  return table(['notebook', 'nbconvert, s'], rows);
}
