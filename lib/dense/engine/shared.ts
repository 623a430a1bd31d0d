import { createEngine } from './engine.js';
import type { Engine } from './kernels.js';

let engine: Engine | undefined;

/** The engine that all calls of this thread use, one after the other; made when it is first needed. */
export function sharedEngine(): Engine {
  engine ??= createEngine('float64');
  return engine;
}
