import * as tf from '@tensorflow/tfjs';

/** Registers a gradient that TensorFlow.js lacks; one that exists already stays. */
export function registerMissing(gradient: tf.GradConfig): void {
  const existing = tf.getGradient(gradient.kernelName) as tf.GradConfig | undefined;
  if (!existing) tf.registerGradient(gradient);
}

/** Computes an operation by the name of its kernel and records it on the tape, where TensorFlow.js has no function for it. */
export function run(kernelName: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): tf.Tensor {
  return tf.engine().runKernel(kernelName, inputs, attributes);
}
