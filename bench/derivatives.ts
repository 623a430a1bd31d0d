// Training and derivatives, side by side with plain TensorFlow.js and, where npm run bench:peers has installed them, with Python's
// frameworks. Each subject runs in a process of its own, in turns, so that a busy moment hits all; its first call is timed too.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../course/tools.js';
import { type Samples, summary, table } from './measure.js';
import { exact, largestError, type ReferenceLayer } from './reference.js';
import type { Told } from './subjects/measure.js';
import { FOLDER, type Matrix, writeWork } from './work.js';

const python = join(root, 'build/peers/bin/python');
const inC = join(FOLDER, 'lorenz96');
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  netlens: [process.execPath, '--import', 'tsx', join(root, 'bench/subjects/netlens.ts')],
  'TensorFlow.js': [process.execPath, '--import', 'tsx', join(root, 'bench/subjects/tfjs.ts')],
  ...(existsSync(python) && {
    NumPy: [python, join(root, 'bench/peers/numpy_peer.py')],
    JAX: [python, join(root, 'bench/peers/jax_peer.py')],
    PyTorch: [python, join(root, 'bench/peers/torch_peer.py')],
    Keras: [python, join(root, 'bench/peers/keras_peer.py')],
    numba: [python, join(root, 'bench/peers/numba_peer.py')],
  }),
};
const JOBS: Readonly<Record<string, string>> = {
  'train-classifier': 'train 3-100-1, 15,000 rows, 50 epochs',
  gradients: '20,000 gradients of 3-100-1',
  hessians: '20,000 Hessians of 3-100-1',
  grid: 'output, gradient and Hessian of 2-100-1 on a 40×40 grid',
  jacobians: '20,000 Jacobians of 8-16-16-8',
  'train-emulator': 'train 8-16-16-8, 16,000 rows, 150 epochs',
  lorenz96: 'two-scale Lorenz-96, K = 8, J = 32, 200,000 steps',
};

interface Result extends Told {
  readonly subject: string;
}

const wayOf = ({ subject, how }: Result): string => `${subject}, ${how}`;

/** One row per job and way to do it. */
export async function derivativesTable(rounds = 2): Promise<string> {
  const work = await writeWork();
  const wanted = answers(work);
  const subjects = Object.entries((await compiled()) ? { ...SUBJECTS, C: [inC] } : SUBJECTS);
  const told: Result[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [subject, command] of subjects) {
      for (const result of await run(subject, command)) told.push({ ...result, subject });
    }
  }
  const rows = Object.keys(JOBS).flatMap((job) => {
    const ofJob = told.filter((one) => one.job === job);
    const ways = new Set(ofJob.map(wayOf));
    return Array.from(ways, (way) => [
      JOBS[job]!,
      way,
      ...cells(
        ofJob.filter((one) => wayOf(one) === way),
        wanted[job],
      ),
    ]);
  });
  return table(['work', 'by', 'first call, ms', 'later calls, ms', 'largest error, or loss / validation loss'], rows);
}

// Without contraction, as a run must round the same on every machine; false where there is no compiler.
async function compiled(): Promise<boolean> {
  const source = join(root, 'bench/peers/lorenz96.c');
  return promisify(execFile)('gcc', ['-O3', '-ffp-contract=off', '-o', inC, source]).then(
    () => true,
    () => false,
  );
}

async function run(subject: string, [program, ...args]: readonly string[]): Promise<Told[]> {
  const out = join(FOLDER, subject);
  await mkdir(out, { recursive: true });
  const work = program === inC ? [`${inC}.bin`] : [FOLDER, out];
  const { stdout } = await promisify(execFile)(program!, [...args, ...work], { maxBuffer: 2 ** 24 });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{"job"'))
    .map((line) => JSON.parse(line) as Told);
}

function cells(group: readonly Told[], wanted: readonly number[] | undefined): string[] {
  const [first] = group;
  if (first?.failure !== undefined) return ['–', '–', first.failure];
  const times = (pick: (told: Told) => number | undefined): Samples => group.flatMap((told) => pick(told) ?? []);
  const losses = first?.loss !== undefined && `${first.loss.toFixed(4)} / ${first.validationLoss?.toFixed(4)}`;
  const firstCalls = summary(
    times((told) => told.first),
    1,
  );
  const laterCalls = summary(
    times((told) => told.steady),
    2,
  );
  return [firstCalls, laterCalls, losses || errorOf(first?.file, wanted)];
}

function errorOf(file: string | undefined, wanted: readonly number[] | undefined): string {
  if (file === undefined || wanted === undefined) return '–';
  return largestError(new Float64Array(new Uint8Array(readFileSync(file)).buffer), wanted).toExponential(1);
}

function answers(work: Readonly<Record<string, Matrix>>): Readonly<Record<string, readonly number[]>> {
  const stack = (network: string, activations: readonly ReferenceLayer['activation'][]): ReferenceLayer[] =>
    activations.map((activation, i) => ({
      weights: work[`${network}-weights-${i}`]!,
      biases: work[`${network}-biases-${i}`]!,
      activation,
    }));
  const events = exact(stack('classifier', ['tanh', 'sigmoid']), work['events']!, 2);
  return {
    gradients: events[1],
    hessians: events[2],
    grid: exact(stack('map', ['tanh', 'sigmoid']), work['grid']!, 2).flat(),
    jacobians: exact(stack('emulator', ['relu', 'relu', 'linear']), work['states']!, 1)[1],
  };
}
