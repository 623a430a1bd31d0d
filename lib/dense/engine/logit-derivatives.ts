import type { Order, Pass } from './forward.js';

/**
 * Where the first, second and third derivatives of an output's z with respect to the inputs go, the latter two packed; 0 where they
 * are not wanted, or go row by row.
 */
export interface Derivatives {
  readonly g: number;
  readonly h: number;
  readonly t: number;
}

/** Up to which order they go. */
export interface OrderedDerivatives extends Derivatives {
  readonly order: Order;
}

/** Computes the derivatives of the outputs' z, the activation of the last layer not yet applied. */
export interface Logits {
  /** What all outputs share; once for a block of which `count` rows matter, after the pass forward. */
  share(count: number): void;
  /** The derivatives of one output, up to the order of the pass or only the first. */
  derive(o: number, into: OrderedDerivatives): void;
  /**
   * The second derivatives of a mixture of outputs, where these are {@link areMixed}; `weights`, a block, are its weights of the
   * top hidden layer's units, in every row others. What stands at `g` is lost.
   */
  mix(weights: number, into: Derivatives): void;
}

/** Derivatives of an output's z as the last activation takes them; under a softmax, those of z - log Σ e^z. */
export interface ReducedLogits {
  /** Once for a block of which `count` rows matter, after the pass forward. */
  share(count: number): void;
  /** Of one output, into the room that was given. */
  derive(o: number): void;
  /** Under a softmax, from second orders on: every output's ∇z less their mean, [output][input], once `derive` has run; else 0. */
  readonly centred: number;
}

/** Whether second derivatives are wanted of mixtures: under a softmax, where those of every output would be many. */
export function areMixed({ network, order }: Pass): boolean {
  return order > 1 && network.head.kind < 0;
}
