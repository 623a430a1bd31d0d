/** tanh(i / 32), i = 0 … 640. */
export function tanhTable(): Float64Array {
  return Float64Array.from({ length: 641 }, (_, i) => Math.tanh(i / 32));
}

/** log(1 + i / 64), i = 0 … 64. */
export function logarithmTable(): Float64Array {
  return Float64Array.from({ length: 65 }, (_, i) => Math.log1p(i / 64));
}
