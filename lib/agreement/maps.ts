import type * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { needTensor } from '../need-tensor.js';

/** Attributions of one method: [batch, in] for one output, or [batch, out, in]. */
export type Attributions = tf.Tensor;

/** Maps of several methods, of the same shape. */
export interface Maps {
  readonly names: readonly string[];
  /** All numbers of each method, row by row. */
  readonly values: readonly Float64Array[];
  readonly rows: number;
  readonly outputs: number;
  readonly inputs: number;
}

/**
 * Checks the attributions of several methods.
 *
 * @throws RangeError if there are none, their shapes differ or have another rank, they are empty or a value is not finite;
 * TypeError if one is no tensor.
 */
export function mapsOf(owner: string, attributions: Readonly<Record<string, Attributions>> | null): Maps {
  const areNamed = typeof attributions === 'object' && attributions !== null && !('dataSync' in attributions);
  need(areNamed, `${owner} needs tensors by name, { name: tensor }`, attributions, TypeError);
  const all = Object.entries(attributions);
  need(all.length > 0, `${owner} needs at least one method`, all.length);
  const values = all.map(([name, map]) => {
    needTensor(owner, `for '${name}'`, map);
    const hasShape = (map.rank === 2 || map.rank === 3) && map.size > 0;
    need(hasShape, `${owner} needs shape [batch, in] or [batch, out, in] for '${name}'`, map.shape);
    const wanted = all[0]![1].shape;
    const isSame = map.shape.join() === wanted.join();
    need(isSame, `${owner} needs shape [${wanted.join(', ')}] for '${name}' as for '${all[0]![0]}'`, map.shape);
    const numbers = Float64Array.from(map.dataSync());
    const bad = numbers.findIndex((value) => !Number.isFinite(value));
    need(bad < 0, `${owner} needs finite numbers for '${name}'`, numbers[bad]);
    return numbers;
  });
  const shape: readonly number[] = all[0]![1].shape;
  const [rows, inputs, outputs] = [shape[0]!, shape.at(-1)!, shape.length === 3 ? shape[1]! : 1];
  return { names: all.map(([name]) => name), values, rows, outputs, inputs };
}
