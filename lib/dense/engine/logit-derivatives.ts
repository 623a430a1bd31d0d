/** Where the first, second and third derivatives of an output's z with respect to the inputs go, the latter two packed. */
export interface Derivatives {
  readonly g: number;
  readonly h: number;
  readonly t: number;
}

/** Computes the derivatives of the outputs' z, the activation of the last layer not yet applied. */
export interface Logits {
  /** What all outputs share; once for a block, after the pass forward. */
  share(): void;
  /** The derivatives of one output, up to the order of the pass. */
  derive(o: number, into: Derivatives): void;
}
