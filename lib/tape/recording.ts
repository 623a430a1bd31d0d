import { withoutAbsent } from './absent.js';
import { correct } from './corrections.js';
import { connectCrossEntropy, crossEntropy } from './cross-entropy.js';
import type { Engine, OwnState, TapeNode } from './engine.js';
import { isForeign } from './foreign.js';

/**
 * Changes how an engine records operations, so that nested gradients are right
 * (https://github.com/tensorflow/tfjs/issues/3252, open since 2020).
 *
 * An operation whose gradient is written in terms of its own output, such as tanh, sigmoid, exp, softmax, max, min and pow,
 * saves a copy of it, and TensorFlow.js records the copy before the operation that made what is copied. When the gradient is
 * differentiated in turn, the tape is read in its order: what was copied is not known to depend on x yet, and the term is
 * dropped, often without an error. Recorded in the right order, the operation and then the copies of what it gave, it is there.
 *
 * The alternative through public functions, to register gradients that compute the output again from the input, reaches neither
 * operations that bring their own gradient (`logSoftmax`, and whatever uses `tf.customGrad`) nor those of other packages, costs
 * every tanh once more for each order, and may change first derivatives in their last bit. Here the gradients stay those of
 * TensorFlow.js. The price is the name of a private method, `addTapeNode`; `checkTape` finds out whether it still does this.
 */
export function repairRecording(engine: Engine, own: OwnState): void {
  const add = engine.addTapeNode;
  engine.addTapeNode = function (this: Engine, ...recording) {
    add.apply(this, recording);
    const tape = this.state.activeTape!;
    const operation = tape.at(-1)!;
    withoutAbsent(operation);
    if (own.differentiating > 0) {
      if (isForeign(operation)) own.foreign.add(operation.kernelName);
      correct(operation, recording[5] ?? {});
    }
    putBeforeCopies(tape);
    if (operation.kernelName === crossEntropy) connectCrossEntropy(tape, add.bind(this));
  };
}

// The copies stand at the end, just before the operation.
function putBeforeCopies(tape: TapeNode[]): void {
  const last = tape.length - 1;
  const { outputs, saved } = tape[last]!;
  const isCopy = (node: TapeNode): boolean => saved.includes(node.outputs[0]!);
  let place = last;
  for (let i = last - 1; i >= 0 && isCopy(tape[i]!); i--)
    if (Object.values(tape[i]!.inputs).some((copied) => outputs.includes(copied))) place = i;
  if (place < last) tape.splice(place, 0, ...tape.splice(last, 1));
}
