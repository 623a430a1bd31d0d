// Runs in the kernel beside a student's code, and is loaded before it: what it needs is taken from the globals now, so that
// code which replaces them later changes nothing here. It knows no expected value.
import type { Tolerance } from '../../lib/compare.js';
import { plainOf } from '../../lib/plain.js';

export { numpyRandom } from '../../lib/random.js';

/** How values leave the kernel. */
export const PROBE_TYPE = 'application/vnd.netlens.probe+json';

/**
 * Sends a value of an answer to the judge, who compares it with what the reference gives for the same probe. An answer that
 * throws gives no value.
 *
 * @param property - what is looked at, as a student reads it in the feedback. It must tell nothing of the hidden input.
 * @param pick - takes the value from the answer; may be asynchronous.
 * @param tolerance - how far each number may be off: absolute, or absolute plus relative to the reference. By default
 * rounding only.
 */
export type Probe = (property: string, pick: () => unknown, tolerance?: number | Tolerance) => Promise<void>;

interface Page {
  display(bundle: Readonly<Record<string, unknown>>): void;
}

const page = (globalThis as { readonly __notebook?: Page }).__notebook;
const display = page?.display;
const { stringify } = JSON;
const { isFinite: isFiniteNumber } = Number;
const text = String;

/** A probe whose values the judge takes for genuine: only the grader knows the nonce. */
export function prober(nonce: string): Probe {
  return async (property, pick, tolerance) => {
    let outcome: object;
    try {
      outcome = { value: stringify(plainOf(await pick()), spelled) };
    } catch (error) {
      outcome = { failure: error instanceof Error ? `${error.name}: ${error.message}` : text(error) };
    }
    display?.({
      [PROBE_TYPE]: stringify({ nonce, property, ...outcome, ...(tolerance !== undefined && { tolerance }) }),
    });
  };
}

/** JSON has no NaN and no infinities. */
export function spelled(_: string, value: unknown): unknown {
  return typeof value === 'number' && !isFiniteNumber(value) ? { number: text(value) } : value;
}
