// Training and derivatives, side by side with plain TensorFlow.js and, where npm run bench:peers has installed them, with Python's
// frameworks. Each subject runs in a process of its own, in turns, so that a busy moment hits all; its first call is timed too.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../course/tools.js';
import { type Samples, summary, table } from './measure.js';
import { exact, largestError, type ReferenceLayer, relevanceByHand } from './reference.js';
import type { Told } from './subjects/measure.js';
import { EPSILON } from './tasks.js';
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
    'scikit-learn': [python, join(root, 'bench/peers/sklearn_peer.py')],
    Keras: [python, join(root, 'bench/peers/keras_peer.py')],
    numba: [python, join(root, 'bench/peers/numba_peer.py')],
  }),
};
type Jobs = Readonly<Record<string, string>>;
const DERIVATIVES: Jobs = {
  'train-classifier': 'train 3-100-1, 15,000 rows, 50 epochs',
  gradients: '20,000 gradients of 3-100-1',
  hessians: '20,000 Hessians of 3-100-1',
  grid: 'output, gradient and Hessian of 2-100-1 on a 40×40 grid',
  jacobians: '20,000 Jacobians of 8-16-16-8',
  'train-emulator': 'train 8-16-16-8, 16,000 rows, 150 epochs',
  lorenz96: 'two-scale Lorenz-96, K = 8, J = 32, 200,000 steps',
};
const ATTRIBUTION: Jobs = {
  'imitator-jacobians': '20,000 Jacobians',
  'relevance-zero': '20,000 × 8 maps by LRP-0',
  'relevance-epsilon': '20,000 × 8 maps by LRP-ε, ε = 0.1',
  importance: 'permutation importance of 8 inputs, 20,000 rows, 10 shuffles each',
};

interface Result extends Told {
  readonly subject: string;
}

const wayOf = ({ subject, how }: Result): string => `${subject}, ${how}`;

/** Training, derivatives and simulation. */
export function derivativesTable(): Promise<string> {
  const subjects = Object.keys(SUBJECTS).filter((subject) => subject !== 'scikit-learn');
  return sideBySide(DERIVATIVES, { subjects: [...subjects, 'C'], rounds: 2 });
}

/** What the inputs of a network that stands in for the small scale of Lorenz-96 count, at states of a run. */
export function attributionTable(): Promise<string> {
  return sideBySide(ATTRIBUTION, { subjects: ['netlens', 'JAX', 'PyTorch', 'scikit-learn'], rounds: 3 });
}

interface Course {
  readonly subjects: readonly string[];
  readonly rounds: number;
}

// One row per job and way to do it.
async function sideBySide(jobs: Jobs, { subjects: names, rounds }: Course): Promise<string> {
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
  const busy = times((told) => told.processor);
  return [firstCalls, laterCalls, busy.length > 0 ? summary(busy, 2) : '–', losses || errorOf(first?.file, wanted)];
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
  const imitator = stack('imitator', ['relu', 'relu', 'linear']);
  const states = work['attractor']!;
  return {
    gradients: events[1],
    hessians: events[2],
    grid: exact(stack('map', ['tanh', 'sigmoid']), work['grid']!, 2).flat(),
    jacobians: exact(stack('emulator', ['relu', 'relu', 'linear']), work['states']!, 1)[1],
    'imitator-jacobians': exact(imitator, states, 1)[1],
    'relevance-zero': relevanceByHand(imitator, states, 0),
    'relevance-epsilon': relevanceByHand(imitator, states, EPSILON),
  };
}
