import type { Arithmetic } from './arithmetic.js';

/** By Horner's rule, the highest power first. */
export function polynomial(
  { constant, timesPlus }: Arithmetic,
  coefficients: readonly number[],
): (y: number) => number {
  const [first, ...rest] = coefficients.map(constant) as [number, ...number[]];
  return (y) => rest.reduce((p, c) => timesPlus(p, y, c), first);
}
