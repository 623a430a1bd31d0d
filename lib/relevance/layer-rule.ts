import type { DenseActivation } from '../dense/activation.js';
import type { Rule } from './rule.js';

/** One layer of a network and the rule that it gets. */
export interface LayerRule {
  /** Its number, from 0. */
  readonly layer: number;
  readonly inputs: number;
  readonly units: number;
  readonly activation: DenseActivation;
  readonly rule: Rule;
}
