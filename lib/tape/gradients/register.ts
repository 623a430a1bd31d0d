import * as tf from '@tensorflow/tfjs';

/** Registers a gradient that TensorFlow.js lacks; one that exists already stays. */
export function registerMissing(gradient: tf.GradConfig): void {
  const existing = tf.getGradient(gradient.kernelName) as tf.GradConfig | undefined;
  if (!existing) tf.registerGradient(gradient);
}
