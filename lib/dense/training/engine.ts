import { hasVectors } from '../../webassembly.js';
import { training } from '../binary/training.js';
import { memoryOver, plainStore } from '../engine/memory.js';
import { compiledKernels } from '../engine/webassembly.js';
import { arithmeticOf } from '../twins/arithmetic.js';
import { elementaryOf } from '../twins/elementary.js';
import { layerTwins } from '../twins/layers.js';
import type { TrainingEngine, TrainingKernels } from './kernels.js';
import { backwardTwins } from './twins/backward.js';
import { forwardTwins } from './twins/forward.js';
import { lossTwins } from './twins/losses.js';
import { shuffleTwin } from './twins/shuffle.js';

/** The kernels of training in a memory of their own: compiled where the machine can, else plain. */
export function createTrainingEngine(): TrainingEngine {
  return hasVectors() ? compiledKernels<TrainingKernels>(training, 'float32') : plainTrainingEngine();
}

/** The kernels in plain TypeScript: the same bits, many times slower. */
export function plainTrainingEngine(): TrainingEngine {
  const arithmetic = arithmeticOf('float32');
  const memory = memoryOver(plainStore(), 'float32', 64);
  const parts = { memory, arithmetic, elementary: elementaryOf(arithmetic) };
  const { activate } = layerTwins(parts);
  const shuffle = shuffleTwin(parts);
  const kernels = { activate, shuffle, ...forwardTwins(parts), ...backwardTwins(parts), ...lossTwins(parts) };
  return { kernels, memory };
}
