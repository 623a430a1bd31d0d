import { need } from '../need.js';
import { binaryLosses, categoricalLosses } from './class-losses.js';
import { type Column, type Compared, type Losses, type Metric, metrics } from './metric.js';
import { squaredLosses } from './squared-losses.js';

/**
 * The losses of a metric: squares over the variance for R², 0 or 1 for the accuracy. The drop of a score and the rise of an
 * error are both a rise of the mean loss.
 *
 * @throws RangeError if there is no such metric, the targets do not fit to it, or predictions do not.
 */
export function lossesOf(metric: Metric, compared: Compared): Losses {
  const { owner } = compared;
  need(metrics.includes(metric), `${owner} needs a metric among ${metrics.join(', ')}`, metric);
  const columns = columnsOf(compared);
  if (metric === 'r2' || metric === 'meanSquaredError') return squaredLosses(metric, compared, columns);
  return columns.length === 1 ? binaryLosses(metric, compared, columns[0]!) : categoricalLosses(metric, compared);
}

function columnsOf({ owner, targets, outputs, output }: Compared): readonly Column[] {
  const { width } = targets;
  if (output === undefined) {
    need(width === outputs, `${owner} needs y of as many columns as the model has outputs, ${outputs}`, width);
    return Array.from({ length: outputs }, (_, k) => ({ predicted: k, target: k }));
  }
  const exists = Number.isInteger(output) && output >= 0 && output < outputs;
  need(exists, `${owner} needs a whole output from 0 to ${outputs - 1}`, output);
  const fits = width === 1 || width === outputs;
  need(fits, `${owner} needs y of one column, or of as many as the model has outputs, ${outputs}`, width);
  return [{ predicted: output, target: width === 1 ? 0 : output }];
}
