import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { engine } from '../tape/engine.js';
import { checkInputs } from '../tape/inputs.js';
import { type Model, type Outputs, outputsOf } from '../tape/model.js';
import { repairTape } from '../tape/repair.js';

repairTape();

/** What is to be differentiated, and where: a model that fits x, and good x. */
export interface Problem {
  /** The function that differentiates, for messages. */
  readonly owner: string;
  readonly model: Model;
  readonly f: Outputs;
  /** The values of x, row by row. */
  readonly x: Float32Array;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** Which derivatives: their order, and of which output (all of them where none is given). */
export interface Wanted {
  readonly order: number;
  readonly output?: number;
  /** Gives room for the results where single precision is enough for them. */
  readonly room?: () => Float32Array;
}

/**
 * Checks a model or function and x.
 *
 * @param owner - the function that differentiates, for messages.
 * @throws RangeError, TypeError or Error if one is unsuitable, as the functions that differentiate say.
 */
export function problemOf(owner: string, model: Model, x: tf.Tensor2D): Problem {
  const inside = { words: 'a call inside of it, where the result would count as a constant' };
  need(engine().state.gradientDepth === 0, `${owner} needs to be called outside tf.grad`, inside, Error);
  const values = checkInputs(owner, x);
  const f = outputsOf(owner, model, x);
  const known = model instanceof tf.LayersModel ? model.outputs[0]!.shape[1] : undefined;
  const outputs = known ?? tf.tidy(() => f(tf.slice(x, 0, 1)).shape[1]);
  need(outputs > 0, `${owner} needs a model with an output`, outputs);
  return { owner, model, f, x: values, rows: x.shape[0], inputs: x.shape[1], outputs };
}

/** The output that was chosen, or the only one. */
export function chosenOutput({ owner, outputs }: Problem, output: number | undefined): number {
  need(output !== undefined || outputs === 1, `${owner} needs { output } for a model with ${outputs} outputs`, output);
  const chosen = output === undefined ? 0 : output;
  const exists = Number.isInteger(chosen) && chosen >= 0 && chosen < outputs;
  need(exists, `${owner} needs a whole output from 0 to ${outputs - 1}`, chosen);
  return chosen;
}
