import { createEngine } from './engine.js';
import type { Engine } from './kernels.js';
import type { Precision } from './memory.js';

const engines = new Map<Precision, Engine>();

/** The engine that all calls of this thread use, one after the other; made when it is first needed. */
export function sharedEngine(precision: Precision = 'float64'): Engine {
  const engine = engines.get(precision) ?? createEngine(precision);
  engines.set(precision, engine);
  return engine;
}
