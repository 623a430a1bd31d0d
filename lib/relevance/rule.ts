/**
 * What becomes of a bias, which is no input and so cannot be given relevance itself:
 *
 * - `absorb`: it stands in the denominator and keeps its share, which is lost on the way down;
 * - `ignore`: it is left out of the denominator, the inputs share everything;
 * - `distribute`: it stands in the denominator, and its share goes to all inputs of the layer in equal parts; so does the
 *   stabiliser's.
 */
export type BiasMode = 'absorb' | 'ignore' | 'distribute';

/** A part of what inputs contribute to units, one product: u(a_j) v(W_kj). */
export interface RuleTerm {
  /** u is the activation a_j of input j held within bounds, min(max(a_j, low_j), high_j); the same number twice is a constant. */
  readonly input: RuleBounds;
  /** v, of the weight W_kj from input j to unit k. */
  readonly weight: (weight: number, k: number, j: number) => number;
}

/** Relevance that is shared among inputs by one kind of contributions, q_kj, the sum of the terms. */
export interface RuleShare {
  /** How much of a unit's relevance is shared so. */
  readonly factor: number;
  /** Which units share so: all, those with z ≥ 0 or those with z < 0. */
  readonly units: 'all' | 'positive' | 'negative';
  readonly terms: readonly RuleTerm[];
  /** What the bias b_k contributes. */
  readonly bias: (bias: number) => number;
}

/**
 * How a layer z = W a + b hands the relevance R' of its units down to its inputs: a plain value.
 *
 * R_j = Σ_k q_kj R'_k / (d_k + ε sgn d_k), with contributions q_kj and d_k = Σ_j q_kj + the bias's; sgn 0 = 1. Where a rule has
 * several shares, each is such a sum times its factor. A unit whose denominator is 0 hands nothing down.
 */
export interface Rule {
  /** As tables show it. */
  readonly name: string;
  /** ε. */
  readonly stabiliser: number;
  /** What becomes of biases if nobody says otherwise. */
  readonly biasMode: BiasMode;
  /** Whether `biasMode` holds whatever is asked for. */
  readonly keepsBiasMode: boolean;
  readonly shares: readonly RuleShare[];
  /** Whether denominators depend on the inputs, and so may come near 0. */
  readonly looksAtInputs: boolean;
  /** Between which values the inputs must lie, if anywhere. */
  readonly bounds: RuleBounds | undefined;
  /** What a layer of another shape lacks, in words; undefined if the rule suits it. */
  readonly lacking: (inputs: number, units: number) => string | undefined;
}

/** The least and the largest value of each input. */
export interface RuleBounds {
  readonly low: number | readonly number[];
  readonly high: number | readonly number[];
}

/** What every rule can be given. */
export interface RuleOptions {
  /** ε, which keeps denominators away from zero, at least 0; default 0: the equation as it stands. */
  readonly stabiliser?: number;
}
