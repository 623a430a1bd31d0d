import * as tf from '@tensorflow/tfjs';
import { registerMissing, run } from './register.js';

/**
 * The gradients of the gradients of convolutions. A convolution y is linear in images x and filter w, and so are the gradients
 * of ⟨dy, y⟩ in what they are made of: they lead to the same three operations again.
 */
export function registerConvolutionGradients(): void {
  registerMissing({
    kernelName: tf.Conv2DBackpropFilter,
    inputsToSave: ['x', 'dy'],
    gradFunc: (change, [x, dy], attributes) => {
      const filter = change as tf.Tensor;
      return {
        x: () => run(tf.Conv2DBackpropInput, { dy: dy!, filter }, { ...attributes, inputShape: x!.shape }),
        dy: () => run(tf.Conv2D, { x: x!, filter }, { ...attributes, dilations: 1 }),
      };
    },
  });
  registerMissing({
    kernelName: tf.DepthwiseConv2dNativeBackpropInput,
    inputsToSave: ['dy', 'filter'],
    gradFunc: (change, [dy, filter], attributes) => {
      const x = change as tf.Tensor;
      const shape = { ...attributes, filterShape: filter!.shape };
      return {
        dy: () => run(tf.DepthwiseConv2dNative, { x, filter: filter! }, attributes),
        filter: () => run(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy: dy! }, shape),
      };
    },
  });
  registerMissing({
    kernelName: tf.DepthwiseConv2dNativeBackpropFilter,
    inputsToSave: ['x', 'dy'],
    gradFunc: (change, [x, dy], attributes) => {
      const filter = change as tf.Tensor;
      const shape = { ...attributes, inputShape: x!.shape };
      return {
        x: () => run(tf.DepthwiseConv2dNativeBackpropInput, { dy: dy!, filter }, shape),
        dy: () => run(tf.DepthwiseConv2dNative, { x: x!, filter }, attributes),
      };
    },
  });
}
