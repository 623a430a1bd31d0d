import type { Pass } from './forward.js';
import type { Logits, OrderedDerivatives, ReducedLogits } from './logit-derivatives.js';
import { softmaxLogits } from './softmax.js';

/** The outputs whose z are needed for the chosen ones. */
export function neededOutputs({ network }: Pass, chosen: readonly number[]): readonly number[] {
  const { outputs } = network.stack;
  return network.head.kind >= 0 ? chosen : Array.from({ length: outputs }, (_, o) => o);
}

/** Reduces the derivatives of z into some room for those of one output. */
export function reducedLogits(pass: Pass, logits: Logits, own: OrderedDerivatives): ReducedLogits {
  if (pass.network.head.kind < 0) return softmaxLogits(pass, logits, own);
  return { share: logits.share, derive: (o) => logits.derive(o, own), centred: 0 };
}
