// Runs in the kernel, in the test cells of nbgrader: beside the student's code, unlike the judge of `npm run grade`.
import { plainOf } from '../../lib/plain.js';
import { numpyRandom } from '../../lib/random.js';
import { type Emission, earned, judge, parsed } from '../grading/judge.js';
import { type Probe, spelled } from '../grading/probe.js';

/** What probes find. */
interface Tools {
  readonly probe: Probe;
  readonly numpyRandom: typeof numpyRandom;
}

interface Page {
  clearOutput(): void;
}

/** What an answer is judged by. */
interface Test {
  readonly points: number;
  /** What the probes gave for the right answer, by `toText`. */
  readonly reference: string;
}

/**
 * The points that an answer earns, by the judge of `npm run grade`. What the answer prints is cleared away: nbgrader takes a warning
 * for a failure.
 */
export async function pointsFor({ points, reference }: Test, probes: (tools: Tools) => Promise<void>): Promise<number> {
  const sent: Emission[] = [];
  const probe: Probe = async (property, pick) => {
    sent.push({ property, ...(await outcome(pick)) });
  };
  await probes({ probe, numpyRandom });
  (globalThis as { readonly __notebook?: Page }).__notebook?.clearOutput();
  return earned(points, judge(sent, fromText(reference)));
}

async function outcome(pick: () => unknown): Promise<Pick<Emission, 'value' | 'failure'>> {
  try {
    return { value: plainOf(await pick()) };
  } catch (error) {
    return { failure: String(error) };
  }
}

/** What probes gave, as the text that a test cell holds. */
export function toText(reference: readonly Emission[]): string {
  return JSON.stringify(reference, spelled);
}

/** The other way round. */
export function fromText(text: string): readonly Emission[] {
  return parsed(text) as readonly Emission[];
}
