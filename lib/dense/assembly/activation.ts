import { constant } from './vectors';
import { hardSigmoid, leakyRelu, linear, relu, relu6 } from './piecewise';
import { gelu, mish, swish } from './gated';
import { elu, exponential, sigmoid, softplus, softsign, tanh } from './smooth';

const SELU_SCALE: f64 = 1.0507009873554804934;
const SELU_ALPHA: f64 = 1.6732632423543772848;

/**
 * f over `count` values z in place, and f', f'', f''' into d1, d2, d3 where these are not 0 (a later one needs the earlier ones).
 * The kinds are numbered as in activation.ts of the driver; softmax has its own kernels.
 */
export function activate(kind: i32, alpha: f64, values: usize, d1: usize, d2: usize, d3: usize, count: i32): void {
  const end = <usize>count * sizeof<real>(), a = constant(alpha), one = constant(1);
  if (kind == 0) for (let s: usize = 0; s < end; s += 16) linear(values, d1, d2, d3, s);
  else if (kind == 1) reluOver(values, d1, d2, d3, end);
  else if (kind == 2) for (let s: usize = 0; s < end; s += 16) relu6(values, d1, d2, d3, s);
  else if (kind == 3) for (let s: usize = 0; s < end; s += 16) leakyRelu(a, values, d1, d2, d3, s);
  else if (kind == 4) for (let s: usize = 0; s < end; s += 16) hardSigmoid(values, d1, d2, d3, s);
  else if (kind == 5) tanhOver(values, d1, d2, d3, end);
  else if (kind == 6) for (let s: usize = 0; s < end; s += 16) sigmoid(values, d1, d2, d3, s);
  else if (kind == 7) for (let s: usize = 0; s < end; s += 16) softplus(values, d1, d2, d3, s);
  else if (kind == 8) for (let s: usize = 0; s < end; s += 16) elu(one, a, values, d1, d2, d3, s);
  else if (kind == 9) {
    const scale = constant(SELU_SCALE), alpha = constant(SELU_ALPHA);
    for (let s: usize = 0; s < end; s += 16) elu(scale, alpha, values, d1, d2, d3, s);
  } else if (kind == 10) for (let s: usize = 0; s < end; s += 16) exponential(values, d1, d2, d3, s);
  else if (kind == 11) for (let s: usize = 0; s < end; s += 16) softsign(values, d1, d2, d3, s);
  else if (kind == 12) for (let s: usize = 0; s < end; s += 16) swish(a, values, d1, d2, d3, s);
  else if (kind == 13) for (let s: usize = 0; s < end; s += 16) gelu(values, d1, d2, d3, s);
  else if (kind == 14) for (let s: usize = 0; s < end; s += 16) mish(values, d1, d2, d3, s);
}

/** The commonest ones without branches in their loops. */
@inline
function reluOver(values: usize, d1: usize, d2: usize, d3: usize, end: usize): void {
  if (d1) for (let s: usize = 0; s < end; s += 16) relu(values, d1, d2, d3, s);
  else for (let s: usize = 0; s < end; s += 16) relu(values, 0, 0, 0, s);
}

@inline
function tanhOver(values: usize, d1: usize, d2: usize, d3: usize, end: usize): void {
  if (d2) for (let s: usize = 0; s < end; s += 16) tanh(values, d1, d2, d3, s);
  else if (d1) for (let s: usize = 0; s < end; s += 16) tanh(values, d1, 0, 0, s);
  else for (let s: usize = 0; s < end; s += 16) tanh(values, 0, 0, 0, s);
}
