import { hasVectors } from '../../webassembly.js';
import { plainEngine } from '../twins/engine.js';
import type { Engine } from './kernels.js';
import type { Precision } from './memory.js';
import { compiledEngine } from './webassembly.js';

/** Kernels in a memory of their own: compiled where the machine can, else plain. */
export function createEngine(precision: Precision): Engine {
  return hasVectors() ? compiledEngine(precision) : plainEngine(precision);
}
