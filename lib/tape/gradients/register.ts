import * as tf from '@tensorflow/tfjs';

/** Registers a gradient that TensorFlow.js lacks; one that exists already stays. */
export function registerMissing(gradient: tf.GradConfig): void {
  const existing = tf.getGradient(gradient.kernelName) as tf.GradConfig | undefined;
  if (!existing) tf.registerGradient(gradient);
}

/** Runs an operation by its name, recorded on the tape as any other. */
export function run(kernelName: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): tf.Tensor {
  return tf.engine().runKernel(kernelName, inputs, attributes);
}
