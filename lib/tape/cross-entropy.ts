import * as tf from '@tensorflow/tfjs';
import type { Engine, Gradient, TapeNode } from './engine.js';

/** The name under which the loss is recorded. */
export const crossEntropy = 'softmaxCrossEntropy__op';

/**
 * Connects what `tf.losses.softmaxCrossEntropy` saves, the log softmax of the logits, to the logits: it is neither input nor
 * output of the operation and not recorded by itself, so second derivatives would take it for a constant.
 *
 * @param tape - the loss is the last operation on it; copies of what it saved stand before.
 * @param add - records an operation.
 */
export function connectCrossEntropy(tape: TapeNode[], add: Engine['addTapeNode']): void {
  const { inputs, saved } = tape.at(-1)!;
  const logits = inputs['1']!;
  const copy = tape.findLastIndex(({ outputs }) => outputs[0] === saved[1]);
  const logSoftmax = tape[copy]!.inputs['x']!;
  add(tf.LogSoftmax, { logits }, [logSoftmax], undefined, [saved[1]!], { axis: logits.rank - 1 });
  tape.splice(copy, 0, tape.pop()!);
}

/** The gradient of that loss, in which TensorFlow.js has the part of the labels wrong. */
export function crossEntropyGradient({ gradient, saved }: TapeNode): Gradient {
  return (dys) => ({ ...gradient!(dys), 0: () => tf.mul(tf.expandDims(dys[0]!, -1), tf.neg(saved[1]!)) });
}
