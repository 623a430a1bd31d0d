import type { SmallDenominator } from './denominators.js';

/**
 * What became of relevance in one layer, on average over rows and outputs: in = out + bias + stabiliser + dropped. All have
 * signs, so that parts can cancel in the mean; `lost` is what does not.
 */
export interface LayerConservation {
  /** Its number, from 0 at the inputs. */
  readonly layer: number;
  /** The name of its rule. */
  readonly rule: string;
  /** What its units had. */
  readonly in: number;
  /** What its inputs got. */
  readonly out: number;
  /** What biases kept. */
  readonly bias: number;
  /** What the stabiliser took. */
  readonly stabiliser: number;
  /** What units had that could hand nothing down, as their denominator was 0. */
  readonly dropped: number;
  /** The mean of |in − out|, each row and output by itself. */
  readonly lost: number;
  /** The five smallest denominators by which relevance was divided, before the stabiliser, and which share of it. */
  readonly smallest: readonly SmallDenominator[];
  /**
   * A stabiliser to try: the size below which a hundredth of the relevance was divided, within a ninth; 0 if there was none,
   * or denominators do not depend on the inputs.
   */
  readonly suggestedEpsilon: number;
}
