import { extent } from '../values.js';

/** What every alternative text says first. */
export interface Subject {
  readonly kind: string;
  readonly title: string;
  readonly xAxis: string;
  readonly yAxis: string;
  /** All places on the horizontal axis, for its range. */
  readonly x: readonly number[];
}

/** The alternative text: kind and title, axes, then one sentence for each series. */
export function describe({ kind, title, xAxis, yAxis, x }: Subject, sentences: readonly string[]): string {
  const [low, high] = extent(x);
  const axes = `Horizontal: ${xAxis}, ${spoken(low)} to ${spoken(high)}; vertical: ${yAxis}.`;
  return [`${kind} “${title}”.`, axes, ...sentences].join(' ');
}

/** One sentence about a line. */
export function describeSeries({ name, y }: { readonly name: string; readonly y: readonly number[] }): string {
  const [low, high] = extent(y);
  if (y.length === 1) return `${name}: 1 point, ${spoken(low)}.`;
  const course = `${whole(y.length)} points, from ${spoken(y[0]!)} to ${spoken(y.at(-1)!)}`;
  return `${name}: ${course}, lowest ${spoken(low)}, highest ${spoken(high)}.`;
}

/** A number as one says it: three digits that count. */
export function spoken(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** A whole number, with a comma between thousands. */
export function whole(value: number): string {
  return value.toLocaleString('en-GB');
}
