import { need } from '../need.js';
import { finiteNumbers, type Values } from '../values.js';

/** One curve of a ROC chart: what `rocCurve` gives, or just the rates. */
export interface RocSeries {
  /** Its name in the legend. */
  readonly name: string;
  /** Share of the signal that is kept at each threshold, from 0 to 1. */
  readonly truePositiveRate: Values;
  /** Share of the background that is kept at each threshold, from 0 to 1. */
  readonly falsePositiveRate: Values;
  /** The area under the curve, for the legend. */
  readonly auc?: number;
  /** Its standard error, for the legend. */
  readonly standardError?: number;
}

/** A curve in the order of its thresholds. */
export interface Line {
  readonly name: string;
  /** Signal kept. */
  readonly x: readonly number[];
  /** Background rejected. */
  readonly y: readonly number[];
}

const nearest = 0.002; // of an axis, a pixel
const rounding = 1e-9; // of shares that were added up

/**
 * A series as a line, with its area in its name.
 *
 * @throws RangeError and TypeError as `rocChart`.
 */
export function lineOf({ name, truePositiveRate, falsePositiveRate, auc, standardError }: RocSeries): Line {
  const x = rates(`truePositiveRate of ${name}`, truePositiveRate);
  const kept = rates(`falsePositiveRate of ${name}`, falsePositiveRate);
  need(x.length === kept.length, `rocChart needs ${x.length} values in falsePositiveRate of ${name}`, kept.length);
  for (const [what, number] of Object.entries({ auc, standardError })) {
    const isNumber = number === undefined || typeof number === 'number';
    need(isNumber, `rocChart needs a number as ${what} of ${name}`, number, TypeError);
  }
  const error = standardError === undefined ? '' : ` ± ${standardError.toFixed(3)}`;
  const area = auc === undefined ? '' : `: AUC ${auc.toFixed(3)}${error}`;
  return { name: `${name}${area}`, x, y: kept.map((share) => 1 - share) };
}

function rates(name: string, values: Values): number[] {
  const numbers = finiteNumbers('rocChart', name, values);
  const bad = numbers.findIndex((value, i) => value < 0 || value > 1 + rounding || value < (numbers[i - 1] ?? 0));
  need(bad < 0, `rocChart needs shares from 0 to 1 that never fall, at ${name}[${bad}]`, numbers[bad]);
  return numbers;
}

/** The points to draw: the first, the last, and those between that are far enough from the last one drawn. */
export function apart({ x, y }: Line): number[] {
  const chosen: number[] = [];
  for (const i of x.keys()) {
    const last = chosen.at(-1);
    const far = last === undefined || x[i]! - x[last]! + (y[last]! - y[i]!) >= nearest;
    if (far || i === x.length - 1) chosen.push(i);
  }
  return chosen;
}
