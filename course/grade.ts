// npm run grade -- <folder> [--out report] [--jobs n] [--timeout s]: grades the submissions in a folder.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCourse } from './course.js';
import { gradeAll, JOBS, readAll } from './grading/class.js';
import { readMarks, withMarks, writeMarks } from './grading/marks.js';
import { printable, progress } from './grading/progress.js';
import { classReport, isIncomplete } from './grading/report/class-report.js';
import { writeReport } from './grading/report/write.js';
import { resultsIn } from './grading/results.js';
import { chooseSandbox, SANDBOXES, type SandboxKind } from './grading/sandbox.js';
import { specificationOf } from './grading/specification.js';
import { isIn } from './grading/view.js';
import { root } from './tools.js';

const USAGE = `npm run grade -- <folder> [options]

  <folder>           submissions: <student>.ipynb, <student>/<notebook>.ipynb, or a learning platform's zip of these
  --out <folder>     where the report goes (report)
  --jobs <n>         so many submissions at once (${JOBS})
  --timeout <s>      seconds that a cell may take (60)
  --memory <MB>      memory of a run (4096)
  --sandbox <kind>   ${SANDBOXES.join(', ')} (the best there is)
  --course <folder>  exercise sources of another course

Exit code: 0 graded, 1 the command failed, 2 something needs a person: see report.html.`;

const PROCESSES = 64;
const MEGABYTE = 2 ** 20;
const MOST_OUTPUT = 20 * MEGABYTE;

interface Options {
  readonly folder: string;
  readonly out: string;
  readonly jobs: number;
  readonly timeout: number;
  readonly memory: number;
  readonly sandbox: SandboxKind | undefined;
  readonly course: string | undefined;
}

function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: text, jobs: text, timeout: text, memory: text, sandbox: text, course: text },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new Error(`grade needs one folder, got ${positionals.length}`);
  const sandbox = SANDBOXES.find((kind) => kind === values.sandbox);
  if (values.sandbox !== undefined && sandbox === undefined)
    throw new Error(`grade needs a sandbox of ${SANDBOXES.join(', ')}, got ${values.sandbox}`);
  const out = resolve(values.out ?? 'report');
  // Else the notebooks of the report would be submissions, next time.
  if (isIn(out, resolve(folder))) throw new Error(`grade needs a report outside of the submissions, got ${out}`);
  return {
    folder: resolve(folder),
    out,
    jobs: whole('--jobs', values.jobs, JOBS),
    timeout: whole('--timeout', values.timeout, 60),
    memory: whole('--memory', values.memory, 4096),
    sandbox,
    course: values.course && resolve(values.course),
  };
}

function whole(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`grade needs a whole number for ${name}, got ${text}`);
  return value;
}

/** Told by Ctrl-C: what runs is ended and cleared away before the command ends. A second one ends it at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error('grade was stopped: the same command goes on where it was'));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, stop);
  return controller.signal;
}

async function grade({ folder, out, jobs, timeout, memory, sandbox: wanted, course: from }: Options): Promise<boolean> {
  const sandbox = chooseSandbox(root, wanted);
  const limits = {
    cell: timeout,
    seconds: 5 * timeout + 60,
    memory: memory * MEGABYTE,
    processes: PROCESSES,
    output: MOST_OUTPUT,
  };
  const course = (await readCourse(from)).map(specificationOf);
  const marks = await readMarks(out);
  const readable = await readAll(folder, course);
  const conduct = {
    room: { sandbox, limits, isTrusted: false, signal: stopSignal() },
    jobs,
    results: resultsIn(out),
    onProgress: progress(),
  };
  const { results: graded, refused } = await gradeAll(readable, course, conduct);
  const results = graded.map((result) => withMarks(result, marks));
  await writeMarks(out, graded, marks);
  const report = classReport({ course, results, refused, sandbox: sandbox.kind });
  await writeReport(out, report);
  const count = report.students.length;
  const students = `${count} student${count === 1 ? '' : 's'}`;
  console.log(`${students} graded; sandbox: ${sandbox.kind}; report: ${join(out, 'report.html')}`);
  for (const { file, reason } of refused) console.error(`  not graded: ${printable(file)}: ${printable(reason)}`);
  return isIncomplete(report);
}

if (process.argv.some((argument) => ['--help', '-h'].includes(argument))) console.log(USAGE);
else {
  try {
    process.exitCode = (await grade(readOptions(process.argv.slice(2)))) ? 2 : 0;
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
