import { need } from '../need.js';
import { byTape } from './by-tape.js';
import type { Problem, Wanted } from './problem.js';

/**
 * How to differentiate: `tape`, exactly, by automatic differentiation on the tape of TensorFlow.js in single precision, any
 * model or function; `auto`, the default, whichever of these fits.
 */
export type Method = 'auto' | 'tape';

/**
 * Derivatives of a problem by the method that was asked for.
 *
 * @returns shape [rows, outputs, in, … in] as a flat list, with as many inputs as the order says.
 */
export function derivatives(problem: Problem, wanted: Wanted, method: Method = 'auto'): Float32Array {
  const methods = ['auto', 'tape'];
  need(methods.includes(method), `${problem.owner} needs a method among ${methods.join(', ')}`, method);
  return byTape(problem, wanted);
}
