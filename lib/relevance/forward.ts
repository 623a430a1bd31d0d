import { predict } from '../dense/predict.js';
import { type DenseStack, denseStack } from '../dense/stack.js';
import { inputsOf } from './layer.js';

/** What goes through one layer in a block of rows. */
interface LayerValues {
  /** What comes in, shape [rows, inputs]. */
  readonly activations: Float64Array;
  /** W a + b, shape [rows, units]. */
  readonly z: Float64Array;
}

/** What goes through each layer for rows of x, in double precision, and the outputs. */
export type Forward = (x: Float64Array) => { readonly layers: readonly LayerValues[]; readonly outputs: Float64Array };

/** The network layer by layer. */
export function forwardOf(stack: DenseStack): Forward {
  const steps = stack.layers.map((layer) => {
    const inputs = inputsOf(layer);
    const linear = denseStack(inputs, [{ weights: layer.weights, biases: layer.biases }]);
    return { linear, whole: denseStack(inputs, [layer]), isLinear: layer.activation === 'linear' };
  });
  return (x) => {
    let activations = x;
    const layers = steps.map(({ linear, whole, isLinear }) => {
      const values = { activations, z: predict(linear, activations) };
      activations = isLinear ? values.z : predict(whole, activations);
      return values;
    });
    return { layers, outputs: activations };
  };
}
