// The same work by netlens and, where npm run bench:peers has installed them, by others. Each subject runs in a process of its own, in
// turns, so that a busy moment hits all; its first call is timed too.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../course/tools.js';
import { answers } from './answers.js';
import { summary, table } from './measure.js';
import { largestError } from './reference.js';
import type { Told } from './subjects/measure.js';
import { FOLDER, writeWork } from './work.js';

const python = join(root, 'build/peers/bin/python');
const inC = join(FOLDER, 'lorenz96');
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  netlens: [process.execPath, '--import', 'tsx', join(root, 'bench/subjects/netlens.ts')],
  'TensorFlow.js': [process.execPath, '--import', 'tsx', join(root, 'bench/subjects/tfjs.ts')],
  ...(existsSync(python) && {
    NumPy: [python, join(root, 'bench/peers/numpy_peer.py')],
    JAX: [python, join(root, 'bench/peers/jax_peer.py')],
    PyTorch: [python, join(root, 'bench/peers/torch_peer.py')],
    'scikit-learn': [python, join(root, 'bench/peers/sklearn_peer.py')],
    Keras: [python, join(root, 'bench/peers/keras_peer.py')],
    numba: [python, join(root, 'bench/peers/numba_peer.py')],
  }),
};

/** What is to be done, by its name, in words. */
export type Jobs = Readonly<Record<string, string>>;

interface Result extends Told {
  readonly subject: string;
}

const wayOf = ({ subject, how }: Result): string => `${subject}, ${how}`;

interface Course {
  readonly subjects: readonly string[];
  readonly rounds: number;
}

/** A table with one row per job and way to do it. */
export async function sideBySide(jobs: Jobs, { subjects: names, rounds }: Course): Promise<string> {
  const work = await writeWork();
  const wanted = answers(work);
  const all = (await compiled()) ? { ...SUBJECTS, C: [inC] } : SUBJECTS;
  const subjects = Object.entries(all).filter(([name]) => names.includes(name));
  const told: Result[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [subject, command] of subjects) {
      for (const result of await run(subject, command, Object.keys(jobs))) told.push({ ...result, subject });
    }
  }
  const rows = Object.keys(jobs).flatMap((job) => {
    const ofJob = told.filter((one) => one.job === job);
    const ways = new Set(ofJob.map(wayOf));
    return Array.from(ways, (way) => [
      jobs[job]!,
      way,
      ...cells(
        ofJob.filter((one) => wayOf(one) === way),
        wanted[job],
      ),
    ]);
  });
  const heads = ['first call, ms', 'later calls, ms', 'processor time, ms', 'largest error, or loss / validation loss'];
  return table(['work', 'by', ...heads], rows);
}

// Without contraction, as a run must round the same on every machine; false where there is no compiler.
async function compiled(): Promise<boolean> {
  const source = join(root, 'bench/peers/lorenz96.c');
  return promisify(execFile)('gcc', ['-O3', '-ffp-contract=off', '-o', inC, source]).then(
    () => true,
    () => false,
  );
}

async function run(subject: string, [program, ...args]: readonly string[], jobs: readonly string[]): Promise<Told[]> {
  const out = join(FOLDER, subject);
  await mkdir(out, { recursive: true });
  const work = program === inC ? [`${inC}.bin`] : [FOLDER, out, ...jobs];
  const { stdout } = await promisify(execFile)(program!, [...args, ...work], { maxBuffer: 2 ** 24 });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{"job"'))
    .map((line) => JSON.parse(line) as Told);
}

function cells(group: readonly Told[], wanted: readonly number[] | undefined): string[] {
  const [first] = group;
  if (first?.failure !== undefined) return ['–', '–', '–', first.failure];
  const times = (pick: (told: Told) => number | undefined, digits: number): string => {
    const samples = group.flatMap((told) => pick(told) ?? []);
    return samples.length > 0 ? summary(samples, digits) : '–';
  };
  const losses = first?.loss !== undefined && `${first.loss.toFixed(4)} / ${first.validationLoss?.toFixed(4)}`;
  const [firstCalls, laterCalls] = [times((told) => told.first, 1), times((told) => told.steady, 2)];
  return [firstCalls, laterCalls, times((told) => told.processor, 2), losses || errorOf(first?.file, wanted)];
}

function errorOf(file: string | undefined, wanted: readonly number[] | undefined): string {
  if (file === undefined || wanted === undefined) return '–';
  return largestError(new Float64Array(new Uint8Array(readFileSync(file)).buffer), wanted).toExponential(1);
}
