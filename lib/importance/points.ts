import { predict } from '../dense/predict.js';
import { type DenseStack, denseStack } from '../dense/stack.js';
import type { Problem } from '../derivatives/problem.js';
import { transposed } from '../transposed.js';
import { type Predictor, predictor, stackPredictor } from './predictor.js';

/** For some points, one after the other: whose they are, and of whom they are given inputs. */
interface Exchange {
  readonly own: Int32Array;
  readonly from: Int32Array;
}

/** What outputs are predicted from, one point for each row. */
export interface Points {
  /** [rows, width]. */
  readonly values: Float32Array | Float64Array;
  readonly width: number;
  readonly predict: Predictor['predict'];
  /** Gives points some inputs of other rows. */
  exchange(points: Float64Array, group: readonly number[], rows: Exchange): void;
}

/** The inputs; of a network that has far more of them than units in its first layer, the sums in these units. */
export function pointsOf(problem: Problem): Points {
  const found = predictor(problem);
  const isNarrowing = found.stack && found.stack.inputs > 2 * found.stack.layers[0]!.biases.length;
  return isNarrowing ? firstSums(problem, found.stack) : givenInputs(problem, found);
}

function givenInputs({ x, inputs }: Problem, model: Predictor): Points {
  return {
    values: x,
    width: inputs,
    predict: model.predict,
    exchange(points, group, { from }) {
      for (const input of group)
        for (let k = 0, at = input; k < from.length; k++, at += inputs) points[at] = x[from[k]! * inputs + input]!;
    },
  };
}

/** z = W x + b changes by W's columns alone: z' = z + Σ_i (x'_i − x_i) W_i, and not at all where an input has no weight. */
function firstSums({ x, inputs }: Problem, { layers }: DenseStack): Points {
  const { weights, biases, ...curve } = layers[0]!;
  const width = biases.length;
  const columns = transposed(weights, [width, inputs]);
  const unchanged = Float64Array.from({ length: width ** 2 }, (_, n) => (n % (width + 1) === 0 ? 1 : 0));
  const rest = denseStack(width, [
    { weights: unchanged, biases: new Float64Array(width), ...curve },
    ...layers.slice(1),
  ]);
  return {
    values: predict(denseStack(inputs, [{ weights, biases }]), x),
    width,
    predict: stackPredictor(rest),
    exchange(points, group, { own, from }) {
      for (const input of group)
        for (let k = 0, at = 0; k < from.length; k++, at += width) {
          const change = x[from[k]! * inputs + input]! - x[own[k]! * inputs + input]!;
          for (let unit = 0; unit < width; unit++) points[at + unit]! += change * columns[input * width + unit]!;
        }
    },
  };
}
