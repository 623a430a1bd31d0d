import type { Engine } from '../engine/kernels.js';
import { memoryOver, type Precision, plainStore } from '../engine/memory.js';
import { arithmeticOf } from './arithmetic.js';
import { derivativeTwins } from './derivatives.js';
import { elementaryOf } from './elementary.js';
import { handDownTwins } from './hand-down.js';
import { headTwins } from './head.js';
import { layerTwins } from './layers.js';
import { messageTwins } from './messages.js';
import { patternTwins } from './patterns.js';
import { softmaxTwins } from './softmax.js';

/** The kernels in plain TypeScript, for machines without vectors in WebAssembly: the same bits, several times slower. */
export function plainEngine(precision: Precision): Engine {
  const memory = memoryOver(plainStore(), precision, 64);
  const arithmetic = arithmeticOf(precision);
  const parts = { memory, arithmetic, elementary: elementaryOf(arithmetic) };
  const kernels = {
    ...layerTwins(parts),
    ...derivativeTwins(parts),
    ...headTwins(parts),
    ...softmaxTwins(parts),
    ...patternTwins(parts),
    ...messageTwins(parts),
    ...handDownTwins(parts),
  };
  return Object.freeze({ precision, kernels: Object.freeze(kernels), memory });
}
