import { KINDS } from '../activation.js';
import type { Arithmetic } from './arithmetic.js';
import type { Elementary } from './elementary.js';
import { gatedActivations } from './gated.js';
import { piecewiseActivations } from './piecewise.js';
import { type ActivationTwin, smoothActivations } from './smooth.js';

/** The activations in the order of their numbers. */
export function activationTwins(arithmetic: Arithmetic, elementary: Elementary): readonly ActivationTwin[] {
  const twins = {
    ...piecewiseActivations(arithmetic),
    ...smoothActivations(arithmetic, elementary),
    ...gatedActivations(arithmetic, elementary),
  };
  return KINDS.map((kind) => twins[kind]);
}
