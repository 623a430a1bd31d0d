import type { Estimate } from './estimate.js';

/** A value with as many digits as its error, of which two are shown, leaves sense in. */
export function withError({ value, error }: Estimate): string {
  if (!Number.isFinite(error)) return text(value, 4);
  if (error === 0) return `${text(value, 4)} ± 0`;
  const decimals = 1 - Math.floor(Math.log10(error));
  if (decimals < 0 || decimals > 7) return `${text(value, 4)} ± ${text(error, 2)}`;
  return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`;
}

function text(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
