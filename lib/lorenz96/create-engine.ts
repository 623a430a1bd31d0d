import { hasVectors } from '../webassembly.js';
import { compiledEngine } from './compiled.js';
import type { EngineMaker } from './engine.js';
import { plainEngine } from './plain.js';

/** Numbers of a state: with more, five states would not fit into the memory of WebAssembly. */
const LARGEST_COMPILED = 2 ** 25;

/** The compiled engine where the machine can, else the plain one: both give the same bits. */
export const createEngine: EngineMaker = (parameters, dt, time) => {
  const size = parameters.K * (1 + parameters.J);
  return (hasVectors() && size <= LARGEST_COMPILED ? compiledEngine : plainEngine)(parameters, dt, time);
};
