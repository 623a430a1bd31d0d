import { need } from '../need.js';
import type { Targets } from '../regression/targets.js';
import type { Column, Compared, Losses, Metric } from './metric.js';

/** Squares of the errors; over the variance of the targets for R². */
export function squaredLosses(
  metric: Metric,
  { owner, targets, outputs }: Compared,
  columns: readonly Column[],
): Losses {
  const { values, width } = targets;
  const scales = columns.map(({ target }) => (metric === 'r2' ? variance(targets, target) : 1));
  const constant = scales.indexOf(0);
  need(constant < 0, `${owner} needs a y that varies for R²`, {
    words: `the same value in column ${columns[constant]?.target}`,
  });
  const several = columns.length > 1;
  return {
    width: columns.length + (several ? 1 : 0),
    perOutput: true,
    row: (row, predictions, { at, into }) => {
      let sum = 0;
      for (let k = 0; k < columns.length; k++) {
        const { predicted, target } = columns[k]!;
        const loss = (predictions[at + predicted]! - values[row * width + target]!) ** 2 / scales[k]!;
        into[k] = loss;
        sum += loss;
      }
      if (several) into[columns.length] = sum / columns.length;
    },
    add: (sums, predictions, first) => {
      let all = 0;
      for (let k = 0; k < columns.length; k++) {
        const { predicted, target } = columns[k]!;
        const scale = scales[k]!;
        let [sum, t] = [0, first * width + target];
        for (let p = predicted; p < predictions.length; p += outputs, t += width)
          sum += (predictions[p]! - values[t]!) ** 2 / scale;
        sums[k]! += sum;
        all += sum;
      }
      if (several) sums[columns.length]! += all / columns.length;
    },
    score: metric === 'r2' ? (loss) => 1 - loss : (loss) => loss,
  };
}

function variance({ values, width }: Targets, column: number): number {
  const rows = values.length / width;
  let [mean, sum] = [0, 0];
  for (let i = column; i < values.length; i += width) mean += values[i]! / rows;
  for (let i = column; i < values.length; i += width) sum += (values[i]! - mean) ** 2;
  return values.every((value, i) => i % width !== column || value === values[column]) ? 0 : sum / rows;
}
