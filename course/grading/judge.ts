import { compare, type Plain, type Tolerance } from '../../lib/compare.js';
import { shown } from '../../lib/plain.js';
import { rounding } from '../../lib/property.js';
import type { Notebook, Output } from '../notebook.js';
import { PROBE_TYPE } from './probe.js';

const LONGEST_TEXT = 1000; // characters
const LONGEST_VALUE = 1_000_000; // characters; those of the course have less than a hundredth
const DEEPEST_VALUE = 20; // lists in lists

/** What a probe has sent. */
export interface Emission {
  readonly property: string;
  readonly value?: Plain;
  /** Why there is no value. */
  readonly failure?: string;
  readonly tolerance?: Tolerance;
}

/** What was found about one property of an answer: as a student may read it, without hidden inputs or expected values. */
export interface Judgement {
  readonly property: string;
  readonly holds: boolean;
  readonly got: string;
  /** Of an answer that throws, for the teacher only: the student's own words, which may name a hidden input. */
  readonly failure?: string;
}

/** What the probes of an executed notebook have sent. Values under another nonce are not theirs: `forged` counts them. */
export function emissions(notebook: Notebook, nonce: string): { sent: readonly Emission[]; forged: number } {
  const texts = notebook.cells.flatMap(({ outputs = [] }) => outputs.flatMap(probeText));
  const sent = texts.flatMap((text) => emission(text, nonce) ?? []);
  return { sent, forged: texts.length - sent.length };
}

function probeText({ data }: Output): unknown[] {
  return data && PROBE_TYPE in data ? [data[PROBE_TYPE]] : [];
}

function emission(text: unknown, nonce: string): Emission | undefined {
  const content = parsed(text) as Readonly<Record<string, unknown>> | undefined;
  if (content?.['nonce'] !== nonce || typeof content['property'] !== 'string') return undefined;
  const { property, value, failure, tolerance } = content;
  if (typeof value === 'string' && value.length > LONGEST_VALUE)
    return { property, failure: 'RangeError: it is too large' };
  const plain = parsed(value);
  if (!isPlain(plain)) return { property, failure: typeof failure === 'string' ? failure : 'no value' };
  return { property, value: plain, ...(tolerance !== undefined && { tolerance: toleranceOf(tolerance) }) };
}

/** The value of a JSON text, with the numbers that JSON has no word for. */
export function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text, (_, value: unknown) => {
      const spelled = typeof value === 'object' && value !== null && 'number' in value ? value.number : undefined;
      return spelled === undefined ? value : Number(spelled);
    }) as unknown;
  } catch {
    return undefined;
  }
}

function isPlain(value: unknown, depth = 0): value is Plain {
  if (Array.isArray(value)) return depth < DEEPEST_VALUE && value.every((each) => isPlain(each, depth + 1));
  return ['number', 'boolean', 'string'].includes(typeof value);
}

function toleranceOf(tolerance: unknown): Tolerance {
  if (typeof tolerance === 'number') return { absolute: tolerance, relative: 0 };
  const { absolute = 0, relative = 0 } = Object(tolerance) as Partial<Tolerance>;
  return { absolute, relative };
}

/**
 * Compares what an answer gave with what the reference gave: same shape, finite, |got − wanted| ≤ absolute + relative · |wanted|.
 * The tolerance is the reference's. A property that was sent more than once does not hold: somebody else sent it.
 */
export function judge(sent: readonly Emission[], reference: readonly Emission[]): readonly Judgement[] {
  return reference.map(({ property, value: wanted, tolerance = rounding }) => {
    const [emitted, ...more] = sent.filter((each) => each.property === property);
    if (more.length > 0) return { property, holds: false, got: 'more than one value' };
    if (emitted?.value === undefined || wanted === undefined) return noValue(property, emitted?.failure);
    const verdict = compare(emitted.value, wanted, tolerance);
    return {
      property,
      holds: verdict.holds,
      got: isOfKind(emitted.value, wanted) ? shortened(shown(emitted.value)) : 'something of another kind',
    };
  });
}

/** Judgements of a run beside solutions: what does not hold shows no value, which might tell one of these, letter by letter. */
export function withheld(judgements: readonly Judgement[]): readonly Judgement[] {
  return judgements.map(({ property, holds, got }) => ({ property, holds, got: holds ? got : 'something else' }));
}

function noValue(property: string, failure: string | undefined): Judgement {
  if (failure === undefined) return { property, holds: false, got: 'no value' };
  const [name = 'Error'] = /^(Range|Reference|Syntax|Type)Error(?=:)/.exec(failure) ?? []; // another name might say anything, too
  return { property, holds: false, got: `an error (${name})`, failure: shortened(failure) };
}

/** What a student's code has said, as reports tell it: however long it is. */
export function shortened(text: string): string {
  return text.slice(0, LONGEST_TEXT);
}

/** Text in the place of numbers might say anything: what a hidden input was, or how an earlier exercise is solved. */
function isOfKind(got: Plain, wanted: Plain): boolean {
  const kinds = kindsIn(wanted);
  return [...kindsIn(got)].every((kind) => kind === 'number' || kinds.has(kind));
}

function kindsIn(value: Plain): ReadonlySet<string> {
  return new Set(typeof value === 'object' ? value.flatMap((each) => [...kindsIn(each)]) : [typeof value]);
}

/** What an answer has earned: every property has the same share. */
export function earned(points: number, judgements: readonly Judgement[]): number {
  if (judgements.length === 0) return 0;
  const holding = judgements.filter(({ holds }) => holds).length;
  return Math.round((100 * points * holding) / judgements.length) / 100;
}
