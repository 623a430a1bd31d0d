import type * as tf from '@tensorflow/tfjs';
import type { Engine, TapeNode } from './engine.js';

type Saved = (tf.Tensor | null | undefined)[];

/**
 * Lets operations be recorded of whose inputs one may be missing, as batch normalisation without scale or without centre:
 * TensorFlow.js tries to save what is not there, and throws.
 */
export function repairSaving(engine: Engine): void {
  const save = engine.saveTensorsForBackwardMode;
  engine.saveTensorsForBackwardMode = function (this: Engine, tensors: Saved): Saved {
    return tensors.map((tensor) => (tensor ? save.call(this, [tensor])[0] : tensor));
  };
}

/** Takes what is missing out of an operation on the tape; its gradient still finds it at its place. */
export function withoutAbsent(operation: TapeNode): void {
  if (operation.saved.every(Boolean) && Object.values(operation.inputs).every(Boolean)) return;
  operation.saved = operation.saved.filter(Boolean);
  operation.inputs = Object.fromEntries(Object.entries(operation.inputs).filter(([, input]) => Boolean(input)));
}
