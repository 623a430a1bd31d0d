import type * as tf from '@tensorflow/tfjs';
import { type Problem, problemOf } from '../derivatives/problem.js';
import { namesOf } from '../names.js';
import { need, needOptions } from '../need.js';
import { checkTargets } from '../regression/targets.js';
import { checkWatch, type RunOptions } from '../sampled-run.js';
import type { Model } from '../tape/model.js';
import { lossesOf } from './losses-of.js';
import { meanLosses, type Scored } from './mean-losses.js';
import type { Metric } from './metric.js';
import { pointsOf } from './points.js';

/** What is scored, and which inputs are shuffled together. */
export interface ImportanceOptions extends RunOptions {
  /** The output that alone is scored, from 0; by default all together, and `outputs` has each. */
  readonly output?: number;
  /** How predictions are scored; `r2` by default. */
  readonly metric?: Metric;
  /** Inputs that are shuffled together, as lists of their numbers; by default every input by itself. */
  readonly groups?: readonly (readonly number[])[];
  /** What the groups are called in the table; by default after the inputs, x1, x2, …. */
  readonly names?: readonly string[];
}

/** A model, data and metric that fit together. */
export interface Task extends Scored {
  readonly problem: Problem;
  /** 0, 1, 2, …. */
  readonly everyRow: Int32Array;
  readonly groups: readonly (readonly number[])[];
  readonly names: readonly string[];
  /** Mean losses of the data as they are, shape [losses.width]. */
  readonly baseline: Float64Array;
}

/** The data of a task. */
export interface Data {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor;
}

/** Checks everything, and scores the data as they are. */
export function taskOf(owner: string, model: Model, { x, y }: Data, options: ImportanceOptions): Task {
  needOptions(owner, options);
  checkWatch(owner, options);
  const problem = problemOf(owner, model, x);
  const { rows, inputs, outputs } = problem;
  const { output, metric = 'r2', groups = Array.from({ length: inputs }, (_, i) => [i]) } = options;
  checkGroups(owner, groups, inputs);
  const usual = groups.map((group) => group.map((input) => `x${input + 1}`).join(' '));
  const names = namesOf(owner, usual, options.names);
  const losses = lossesOf(metric, { owner, targets: checkTargets(owner, y, rows), outputs, output });
  const points = pointsOf(problem);
  const baseline = meanLosses({ rows, points, losses });
  need(baseline.every(Number.isFinite), `${owner} needs a model that gives finite numbers`, [...baseline]);
  const everyRow = new Int32Array(rows).map((_, row) => row);
  return { problem, everyRow, rows, points, losses, groups, names, baseline };
}

interface WholeAndOutputs<T> {
  readonly whole: T;
  readonly outputs: readonly T[];
}

/** What is found of all outputs together, and of each by itself; of classes, which exclude each other, only of all. */
export function wholeAndOutputs<T>({ losses, baseline }: Task, part: (k: number) => T): WholeAndOutputs<T> {
  const parts = Array.from(baseline, (_, k) => part(k));
  const outputs = losses.perOutput ? parts.slice(0, Math.max(1, parts.length - 1)) : [];
  return { whole: parts.at(-1)!, outputs };
}

function checkGroups(owner: string, groups: readonly (readonly number[])[], inputs: number): void {
  need(Array.isArray(groups), `${owner} needs a list of groups`, groups, TypeError);
  need(groups.length > 0, `${owner} needs at least one group of inputs`, groups.length);
  for (const group of groups) {
    need(Array.isArray(group), `${owner} needs groups that are lists of inputs`, group, TypeError);
    const exist = group.every((input) => Number.isInteger(input) && input >= 0 && input < inputs);
    need(group.length > 0 && exist, `${owner} needs groups of whole inputs from 0 to ${inputs - 1}`, [...group]);
    need(new Set(group).size === group.length, `${owner} needs groups without an input twice`, [...group]);
  }
}
