import type { Engine, TapeNode } from './engine.js';

const repaired: unique symbol = Symbol.for('netlens.tape');

/**
 * Repairs nested gradients of operations whose gradient is written in terms of their own output, such as tanh, sigmoid, exp,
 * softmax, max, min and pow (https://github.com/tensorflow/tfjs/issues/3252, open since 2020).
 *
 * TensorFlow.js saves a copy of the output and records the copy before the operation that made it. When the gradient itself is
 * differentiated, the tape is read in its order: what the copy was made of is not known to depend on x yet, and the term is
 * dropped, often without an error. Recorded in the right order (the operation, then the copies of what it gave) it is there.
 *
 * The alternative through public functions, to register other gradients that compute the output again from the input, would
 * reach neither operations that bring their own gradient (`logSoftmax`, and whatever uses `tf.customGrad`) nor those of other
 * packages, would cost every tanh once more for each order, and could change first derivatives in their last bit. Here the
 * gradients stay those of TensorFlow.js. The price is the name of a private method, `addTapeNode`: `checkTape` finds out.
 */
export function repairOrder(engine: Engine & { [repaired]?: true }): void {
  if (engine[repaired] || typeof engine.addTapeNode !== 'function') return;
  const add = engine.addTapeNode;
  engine.addTapeNode = function (this: Engine, ...recording) {
    add.apply(this, recording);
    putBeforeCopies(this.state.activeTape!);
  };
  engine[repaired] = true;
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
