import { need } from '../need.js';
import type { Column, Compared, Losses, Metric } from './metric.js';

const NEAREST = 2 ** -52;

/** Of one probability: on the wrong side of ½, or its cross-entropy. */
export function binaryLosses(
  metric: Metric,
  { owner, targets, outputs }: Compared,
  { predicted, target }: Column,
): Losses {
  const { values, width } = targets;
  for (let i = target; i < values.length; i += width) checkLabel(owner, metric, values[i]!);
  const loss = metric === 'accuracy' ? wrongSide : binaryEntropy;
  const row: Losses['row'] = (row, predictions, { at, into }) => {
    const p = predictions[at + predicted]!;
    checkProbability(owner, p);
    into[0] = loss(p, values[row * width + target]!);
  };
  return {
    width: 1,
    perOutput: true,
    row,
    add: rowByRow(row, outputs),
    score: metric === 'accuracy' ? (mean) => 1 - mean : (mean) => mean,
  };
}

function wrongSide(p: number, y: number): number {
  return p > 0.5 === y > 0.5 ? 0 : 1;
}

function binaryEntropy(p: number, y: number): number {
  return entropy(y, p) + entropy(1 - y, 1 - p);
}

function entropy(y: number, p: number): number {
  return y === 0 ? 0 : -y * Math.log(Math.min(Math.max(p, NEAREST), 1 - NEAREST));
}

/** Of a probability for each class: the wrong one largest, or the cross-entropy. */
export function categoricalLosses(metric: Metric, { owner, targets, outputs }: Compared): Losses {
  const { values, width } = targets;
  for (const value of values) checkLabel(owner, metric, value);
  const row: Losses['row'] = (row, predictions, { at, into }) => {
    const start = row * width;
    let sum = 0;
    for (let k = 0; k < outputs; k++) {
      checkProbability(owner, predictions[at + k]!);
      sum += entropy(values[start + k]!, predictions[at + k]!);
    }
    if (metric === 'crossEntropy') into[0] = sum;
    else into[0] = largest(values, start, outputs) === largest(predictions, at, outputs) ? 0 : 1;
  };
  return {
    width: 1,
    perOutput: false,
    row,
    add: rowByRow(row, outputs),
    score: metric === 'accuracy' ? (mean) => 1 - mean : (mean) => mean,
  };
}

function rowByRow(row: Losses['row'], outputs: number): Losses['add'] {
  const place = { at: 0, into: new Float64Array(1) };
  return (sums, predictions, first) => {
    for (let n = 0; n < predictions.length / outputs; n++) {
      place.at = n * outputs;
      row(first + n, predictions, place);
      sums[0]! += place.into[0]!;
    }
  };
}

function checkLabel(owner: string, metric: Metric, label: number): void {
  const isGood = metric === 'accuracy' ? label === 0 || label === 1 : label >= 0 && label <= 1;
  need(
    isGood,
    `${owner} needs ${metric === 'accuracy' ? 'labels 0 and 1' : 'probabilities 0 to 1'} in y for ${metric}`,
    label,
  );
}

function checkProbability(owner: string, p: number): void {
  need(p >= 0 && p <= 1, `${owner} needs a model that gives probabilities for accuracy and crossEntropy`, p);
}

// The place of the largest, the first of equals.
function largest(values: ArrayLike<number>, at: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[at + k]! > values[at + best]!) best = k;
  return best;
}
