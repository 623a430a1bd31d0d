const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/**
 * a b + c, rounded once: the fused multiply-add of most processors, which JavaScript lacks.
 *
 * The product and two sums are carried with their errors; of what is left the rounding is made odd, so that the last rounding
 * finds on which side of a tie it is. For numbers whose products neither overflow nor fall below 10⁻²⁵⁰.
 *
 * @see Boldo & Melquiond (2008), IEEE Trans. Comput. 57, 462
 */
export function fused(a: number, b: number, c: number): number {
  const product = a * b;
  const productError = errorOfProduct(a, b, product);
  const small = c + productError;
  const smallError = errorOfSum(c, productError, small);
  const large = product + small;
  return large + oddSum(errorOfSum(product, small, large), smallError);
}

// The two neighbours of an inexact sum are an odd and an even number: this is the odd one.
function oddSum(a: number, b: number): number {
  const sum = a + b;
  const error = errorOfSum(a, b, sum);
  if (error === 0) return sum;
  double[0] = sum;
  const isOdd = words[0]! % 2 === 1;
  if (isOdd) return sum;
  if (error > 0 === sum > 0) words[0]! += 1;
  else if (words[0]!-- === 0) words[1]! -= 1;
  return double[0];
}

function errorOfSum(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

function errorOfProduct(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

// Dekker: 26 bits, so that products of halves are exact.
function upperHalf(a: number): number {
  const scaled = 134217729 * a;
  return scaled - (scaled - a);
}
