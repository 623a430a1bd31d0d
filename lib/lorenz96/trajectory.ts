import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { type Bundle, type Displayable, jupyterDisplay } from '../plot/display.js';
import { htmlTable, type Table, textTable } from '../table.js';
import type { CompleteParameters } from './parameters.js';
import type { Lorenz96State } from './state.js';

/** What a trajectory holds of each sample. */
export type Variable = 'X' | 'Y' | 'coupling';

/** A simulated run of a Lorenz-96 system; all numbers row by row. Shows itself as a table. */
export interface Trajectory extends Displayable {
  readonly parameters: CompleteParameters;
  readonly K: number;
  readonly J: number;
  /** Samples that there are: fewer than asked for if the run was stopped. */
  readonly samples: number;
  /** Model time units, shape [samples]. */
  readonly time: Float64Array;
  /** Slow variables, shape [samples, K]. */
  readonly X: Float64Array;
  /** Fast variables, those of X_k at k J … k J + J − 1, shape [samples, K J]. */
  readonly Y: Float64Array;
  /** U_k = −(h c / b) Σ_j Y_{k,j}, shape [samples, K]; 0 in one scale. */
  readonly coupling: Float64Array;
  /** The last state, with which another run can go on as its `initial`. */
  readonly final: Lorenz96State;
  /** Whether the run was stopped before its end. */
  readonly stopped: boolean;
  /** X or the coupling as a tensor of shape [samples, K]; default X. The caller disposes. */
  tensor(variable?: 'X' | 'coupling'): tf.Tensor2D;
  /** The fast variables as a tensor of shape [samples, K, J]. The caller disposes. */
  tensor(variable: 'Y'): tf.Tensor3D;
}

/** What a trajectory is made of. */
export type TrajectoryParts = Omit<Trajectory, 'tensor' | 'K' | 'J' | 'samples' | keyof Displayable>;

/** A trajectory of these parts. */
export function trajectoryOf(parts: TrajectoryParts): Trajectory {
  const { K, J } = parts.parameters;
  const sizes = { K, J, samples: parts.time.length };
  return Object.freeze({
    ...sizes,
    ...parts,
    tensor: ((variable = 'X') => tensorOf({ ...parts, ...sizes }, variable)) as Trajectory['tensor'],
    [jupyterDisplay]: () => bundle({ ...parts, ...sizes }),
  });
}

type Sized = TrajectoryParts & Pick<Trajectory, 'K' | 'J' | 'samples'>;

function tensorOf(trajectory: Sized, variable: Variable): tf.Tensor {
  const { K, J, samples } = trajectory;
  const shapes: Readonly<Record<Variable, readonly number[]>> = {
    X: [samples, K],
    Y: [samples, K, J],
    coupling: [samples, K],
  };
  need(Object.hasOwn(shapes, variable), 'tensor needs a variable of X, Y or coupling', variable);
  return tf.tensor(Float32Array.from(trajectory[variable]), [...shapes[variable]]);
}

function bundle(trajectory: Sized): Bundle {
  const table = { caption: caption(trajectory), heads: ['', 'shape', 'mean', 'deviation', 'smallest', 'largest'] };
  const rows = (['X', 'Y', 'coupling'] as const)
    .filter((variable) => variable === 'X' || trajectory.J > 0)
    .map((variable) => row(trajectory, variable));
  const full: Table = { ...table, rows };
  return { 'text/html': htmlTable(full), 'text/plain': `${table.caption}\n${textTable(full)}` };
}

function caption({ parameters, time, samples, stopped }: Sized): string {
  const { K, J, F } = parameters;
  const size = J === 0 ? `K = ${K}` : `K = ${K}, J = ${J}`;
  const span = samples === 0 ? 'no samples' : `${samples} samples, time ${short(time[0]!)} to ${short(time.at(-1)!)}`;
  return `Lorenz-96, ${size}, F = ${F}: ${span}${stopped ? ' (stopped)' : ''}`;
}

function row(trajectory: Sized, variable: Variable): readonly string[] {
  const { K, J, samples } = trajectory;
  const values = trajectory[variable];
  const shape = `[${samples}, ${variable === 'Y' ? K * J : K}]`;
  if (values.length === 0) return [variable, shape, '', '', '', ''];
  let [sum, smallest, largest, squares] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    sum += value;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  const numbers = [mean, Math.sqrt(squares / values.length), smallest, largest];
  return [variable, shape, ...numbers.map(short)];
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
