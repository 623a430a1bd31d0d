import { need } from './need.js';
import { finiteNumbers, type Values } from './values.js';

/** What a score is worth at every threshold, and all in all. */
export interface RocCurve {
  /** Where one may cut, from the highest to the lowest: infinity, which keeps nothing, then every score that occurs. */
  readonly thresholds: Float64Array;
  /** Share of the signal whose score reaches the threshold (signal efficiency), as long as `thresholds`; from 0 to 1. */
  readonly truePositiveRate: Float64Array;
  /** Share of the background whose score reaches it (1 − background rejection), as long as `thresholds`; from 0 to 1. */
  readonly falsePositiveRate: Float64Array;
  /** The area under the curve: how probable it is that a signal event scores higher than a background event. */
  readonly auc: number;
  /** Standard error of the area if other events were drawn; NaN if a class has a single event, which shows no spread. */
  readonly standardError: number;
}

/**
 * The exact receiver operating characteristic of a score, and the area under it.
 *
 * Every score that occurs is a threshold, equal scores pass it together. With n₁ signal events i and n₀ background events j,
 * AUC = Σᵢⱼ [sᵢ > sⱼ] + ½ [sᵢ = sⱼ], over n₁ n₀: the Mann–Whitney statistic, by ranks in n log n steps. Its standard error follows
 * from the shares vᵢ of background below signal event i, and wⱼ of signal above background event j:
 * SE² = var(v) / n₁ + var(w) / n₀.
 *
 * @param scores - one for each event; higher means more like signal. If lower does, negate them: AUC(−s) = 1 − AUC(s).
 * @param labels - 1 for signal and 0 for background, one for each score.
 * @throws RangeError if scores are not finite, the lengths differ, a label is not 0 or 1, or one of the classes is missing;
 * TypeError if scores or labels are no numbers in an array, a typed array or a tensor; Error if that is disposed.
 * @example
 * const curve = rocCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
 * curve.auc // => 0.75
 * curve.truePositiveRate // => [0, 0.5, 0.5, 1, 1]
 * curve.falsePositiveRate // => [0, 0, 0.5, 0.5, 1]
 * @see E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837, with one curve.
 */
export function rocCurve(scores: Values, labels: Values): RocCurve {
  const steps = stepsOf(...checked(scores, labels));
  const { signal, background } = steps.at(-1)!;
  const ties = tiesOf(steps);
  const auc = ties.reduce((sum, tie) => sum + tie.signal * tie.below, 0) / signal;
  const [ofSignal, ofBackground] = [
    ties.reduce((sum, tie) => sum + tie.signal * (tie.below - auc) ** 2, 0),
    ties.reduce((sum, tie) => sum + tie.background * (tie.above - auc) ** 2, 0),
  ];
  return {
    thresholds: Float64Array.from(steps, ({ threshold }) => threshold),
    truePositiveRate: Float64Array.from(steps, (step) => step.signal / signal),
    falsePositiveRate: Float64Array.from(steps, (step) => step.background / background),
    auc,
    standardError: Math.sqrt(squaredErrorOfMean(ofSignal, signal) + squaredErrorOfMean(ofBackground, background)),
  };
}

/** How many events of each class reach a threshold. */
interface Step {
  readonly threshold: number;
  readonly signal: number;
  readonly background: number;
}

function checked(scores: Values, labels: Values): [scores: number[], labels: number[]] {
  const values = finiteNumbers('rocCurve', 'scores', scores);
  const classes = finiteNumbers('rocCurve', 'labels', labels);
  need(classes.length === values.length, `rocCurve needs ${values.length} labels for as many scores`, classes.length);
  const bad = classes.findIndex((label) => label !== 0 && label !== 1);
  need(bad < 0, `rocCurve needs label 0 or 1 at labels[${bad}]`, classes[bad]);
  need(classes.includes(1), 'rocCurve needs signal events (label 1)', { words: 'none' });
  need(classes.includes(0), 'rocCurve needs background events (label 0)', { words: 'none' });
  return [values, classes];
}

function stepsOf(scores: readonly number[], labels: readonly number[]): Step[] {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const steps: Step[] = [{ threshold: Number.POSITIVE_INFINITY, signal: 0, background: 0 }];
  let [signal, background] = [0, 0];
  for (const [place, i] of order.entries()) {
    signal += labels[i]!;
    background += 1 - labels[i]!;
    const next = order[place + 1];
    if (next === undefined || scores[next] !== scores[i]) steps.push({ threshold: scores[i]!, signal, background });
  }
  return steps;
}

/** Events with equal scores. */
interface Tie {
  readonly signal: number;
  readonly background: number;
  /** Share of the background that scores lower, equals counted half. */
  readonly below: number;
  /** Share of the signal that scores higher, equals counted half. */
  readonly above: number;
}

function tiesOf(steps: readonly Step[]): Tie[] {
  const all = steps.at(-1)!;
  return steps.slice(1).map((step, i) => {
    const before = steps[i]!;
    return {
      signal: step.signal - before.signal,
      background: step.background - before.background,
      below: 1 - (before.background + step.background) / (2 * all.background),
      above: (before.signal + step.signal) / (2 * all.signal),
    };
  });
}

// The variance of numbers, over their count.
function squaredErrorOfMean(squares: number, count: number): number {
  return count > 1 ? squares / (count - 1) / count : Number.NaN;
}
