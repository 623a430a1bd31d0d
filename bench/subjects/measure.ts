// What one subject of the benchmark does in a process of its own: the work is read, each job is timed, results are told.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import type { Matrix } from '../work.js';

const [folder = '', out, ...jobs] = process.argv.slice(2);
const shapes = JSON.parse(readFileSync(join(folder, 'work.json'), 'utf8')) as Readonly<Record<string, number[]>>;
const [LEAST_CALLS, MOST_CALLS, MILLISECONDS] = [5, 200, 1000];

/** What is told of a job: milliseconds of the first call and of later ones, and the file of the result or the losses. */
export interface Told {
  readonly job: string;
  /** The precision, or the way. */
  readonly how: string;
  readonly first?: number;
  readonly steady?: number;
  /** Processor time of a later call, in milliseconds, all threads together. */
  readonly processor?: number;
  readonly file?: string;
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly failure?: string;
}

/** An array of the work. */
export function array(name: string): Matrix & { readonly values: Float64Array } {
  const bytes = readFileSync(join(folder, `${name}.bin`));
  return { values: new Float64Array(new Uint8Array(bytes).buffer), shape: shapes[name]! };
}

/** Weights [in, out] and biases of a network's layers. */
export function layers(network: string): { readonly weights: Matrix; readonly biases: Matrix }[] {
  const count = Object.keys(shapes).filter((name) => name.startsWith(`${network}-weights-`)).length;
  return Array.from({ length: count }, (_, i) => ({
    weights: array(`${network}-weights-${i}`),
    biases: array(`${network}-biases-${i}`),
  }));
}

/** Arrays or tensors, which are compared with the exact answer, or a training's losses, or nothing to compare. */
type Result = readonly Numbers[] | { readonly loss: number; readonly validationLoss: number } | undefined;

type Numbers = ArrayLike<number> | { dataSync(): ArrayLike<number> };

/** Times a job, if it is one of those that are wanted; `call` returns when its numbers are there. */
export async function measure(
  job: string,
  how: string,
  call: () => Result | Promise<Result>,
  most: number = MOST_CALLS,
): Promise<void> {
  if (jobs.length > 0 && !jobs.includes(job)) return;
  try {
    const { milliseconds: first, result } = await timed(call);
    const told = kept(`${job}-${how}.bin`, result);
    const times: number[] = [];
    let spent = 0;
    const before = process.cpuUsage();
    while (times.length < Math.min(most, LEAST_CALLS) || (times.length < most && spent < MILLISECONDS)) {
      const { milliseconds } = await timed(call);
      times.push(milliseconds);
      spent += milliseconds;
    }
    const { user, system } = process.cpuUsage(before);
    const processor = (user + system) / 1000 / times.length;
    tell({ job, how, first, steady: median(times), processor, ...told });
  } catch (error) {
    tell({ job, how, failure: (error as Error).message.split('\n', 1)[0]! });
  }
}

async function timed(call: () => Result | Promise<Result>): Promise<{ milliseconds: number; result: Result }> {
  const start = performance.now();
  const result = await call();
  return { milliseconds: performance.now() - start, result };
}

// A training's losses are told; arrays go into files, which are compared with the exact answer.
function kept(name: string, result: Result): Partial<Told> {
  if (result === undefined || out === undefined) return {};
  if ('loss' in result) return result;
  const file = join(out, name.replaceAll(/[ /]/g, '-'));
  const all = Float64Array.from(result.flatMap((part) => Array.from('dataSync' in part ? part.dataSync() : part)));
  writeFileSync(file, new Uint8Array(all.buffer));
  return { file };
}

function tell(told: Told): void {
  console.log(JSON.stringify(told));
}
