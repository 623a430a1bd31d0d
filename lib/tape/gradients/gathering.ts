import * as tf from '@tensorflow/tfjs';

const indices = [
  [tf.GatherV2, 'indices', 1],
  [tf.UnsortedSegmentSum, 'segmentIds', 0],
] as const;

/** Lets indices come from x: nothing changes with them but in jumps, so their gradient is zero. TensorFlow.js throws. */
export function repairGathering(): void {
  for (const [kernelName, input, place] of indices) {
    const { gradFunc, ...original } = tf.getGradient(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      ...original,
      gradFunc: (dy, saved, attributes) => ({
        ...gradFunc(dy, saved, attributes),
        [input]: () => tf.zeros(saved[place]!.shape),
      }),
    });
  }
}
