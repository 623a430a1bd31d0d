import { need, needOptions } from '../need.js';

/** What a Lorenz-96 system is: its size and the constants of its equations. */
export interface Lorenz96Parameters {
  /** Slow variables X on their ring; whole, at least 4. */
  readonly K: number;
  /** Fast variables Y of each slow one; whole. Default 0: one scale, without Y. */
  readonly J?: number;
  /** Forcing of the slow variables. */
  readonly F: number;
  /** Strength of the coupling; default 1. */
  readonly h?: number;
  /** Ratio of the amplitudes, slow to fast, not 0; default 10. */
  readonly b?: number;
  /** Ratio of the speeds, fast to slow; default 10. */
  readonly c?: number;
}

/** Parameters with their defaults. */
export type CompleteParameters = Readonly<Required<Lorenz96Parameters>>;

/**
 * Fills in the defaults.
 *
 * @throws RangeError if K or J is not such a number, or a constant is not finite, or b is 0; TypeError if options are no object.
 */
export function completeParameters(owner: string, options: Lorenz96Parameters): CompleteParameters {
  needOptions(owner, options);
  const { K, J = 0, F, h = 1, b = 10, c = 10 } = options;
  need(Number.isInteger(K) && K >= 4, `${owner} needs a whole K of at least 4`, K);
  need(Number.isInteger(J) && J >= 0, `${owner} needs a whole J of at least 0`, J);
  for (const [name, value] of Object.entries({ F, h, b, c }))
    need(Number.isFinite(value), `${owner} needs a finite ${name}`, value);
  need(b !== 0, `${owner} needs a b other than 0`, b);
  return Object.freeze({ K, J, F, h, b, c });
}

/** h c / b, rounded as the original does. */
export function couplingStrength({ h, b, c }: CompleteParameters): number {
  return (h * c) / b;
}
