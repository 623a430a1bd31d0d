import * as tf from '@tensorflow/tfjs';
import { registerMissing, run } from './register.js';

const gradients = [
  [tf.ResizeBilinearGrad, tf.ResizeBilinear],
  [tf.ResizeNearestNeighborGrad, tf.ResizeNearestNeighbor],
] as const;

/** The gradients of the gradients of resizing: they are linear in dy, so resizing again. */
export function registerResizingGradients(): void {
  for (const [kernelName, resize] of gradients)
    registerMissing({
      kernelName,
      inputsToSave: ['images', 'dy'],
      gradFunc: (change, [images, dy], attributes) => ({
        images: () => tf.zerosLike(images!),
        dy: () => run(resize, { images: change as tf.Tensor }, { ...attributes, size: dy!.shape.slice(1, 3) }),
      }),
    });
}
