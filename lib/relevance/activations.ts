import type { DenseActivation } from '../dense/activation.js';
import type { DenseStack } from '../dense/stack.js';
import { need } from '../need.js';

/** Activations that are not 0 at 0, and what they are there. */
const AT_ZERO: ReadonlyMap<DenseActivation, string> = new Map([
  ['sigmoid', '0.5'],
  ['hardSigmoid', '0.5'],
  ['softplus', '0.69'],
  ['exp', '1'],
]);

/** Whether relevance can pass through an activation unchanged: it gives 0 for 0. */
function keepsZero(activation: DenseActivation): boolean {
  return activation !== 'softmax' && !AT_ZERO.has(activation);
}

/** Throws a RangeError if relevance cannot pass through a hidden layer. */
export function checkHidden(owner: string, { layers }: DenseStack): void {
  layers.slice(0, -1).forEach(({ activation }, index) => {
    const value = AT_ZERO.get(activation);
    const words = `'${activation}' in layer ${index}, which gives ${value} for 0: relevance that comes from no input`;
    need(value === undefined, `${owner} needs hidden activations that are 0 at 0`, { words });
  });
}

/** The network whose outputs are where relevance starts: the outputs, or their z where the last activation is not 0 at 0. */
export function startingStack(stack: DenseStack): DenseStack {
  const last = stack.layers.at(-1)!;
  if (keepsZero(last.activation)) return stack;
  const linear = { ...last, activation: 'linear', alpha: undefined } as const;
  return { ...stack, layers: [...stack.layers.slice(0, -1), linear] };
}
