import { need } from '../need.js';
import { finiteNumbers, type Values } from '../values.js';
import { spoken, spokenRange } from './alt-text.js';
import type { Axis } from './plotly-layout.js';

/** Whole numbers that are all written beside an axis; of more, plotly chooses some. */
const MOST_WRITTEN = 10;

/** Where the columns or rows of a map stand, and what is written there. */
export interface Places {
  readonly centres: readonly number[];
  /** What an axis needs to know of them. */
  readonly ticks: Pick<Axis, 'tickvals' | 'ticktext'>;
  /** The range of them, in words. */
  readonly range: string;
  /** One of them, in words. */
  readonly spoken: (place: number) => string;
}

/** Places at numbers, which increase, or one after the other with names. */
export function placesOf(owner: string, name: string, values: Values | readonly string[]): Places {
  if (Array.isArray(values) && typeof values[0] === 'string') return named(owner, name, values);
  const centres = finiteNumbers(owner, name, values as Values);
  const bad = centres.findIndex((value, i) => i > 0 && value <= centres[i - 1]!);
  need(bad < 0, `${owner} needs ${name} that increases, at ${name}[${bad}]`, centres[bad]);
  const areCounted = centres.length <= MOST_WRITTEN && centres.every((value, i) => value === centres[0]! + i);
  return {
    centres,
    ticks: areCounted && Number.isInteger(centres[0]) ? { tickvals: centres } : {},
    range: spokenRange(centres),
    spoken: (place) => spoken(centres[place]!),
  };
}

function named(owner: string, name: string, names: readonly unknown[]): Places {
  const bad = names.findIndex((each) => typeof each !== 'string');
  need(bad < 0, `${owner} needs ${name} of names only, or of numbers only, at ${name}[${bad}]`, names[bad], TypeError);
  const texts = names as readonly string[];
  const centres = texts.map((_, i) => i);
  return {
    centres,
    ticks: { tickvals: centres, ticktext: texts },
    range: texts.join(', '),
    spoken: (place) => texts[place]!,
  };
}
