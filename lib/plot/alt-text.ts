import { extent } from '../values.js';

/** What every alternative text says first. */
export interface Subject {
  readonly kind: string;
  readonly title: string;
  readonly xAxis: string;
  readonly yAxis: string;
  /** Of the horizontal axis, in words. */
  readonly range: string;
}

/** The alternative text: kind and title, axes, then one sentence for each series. */
export function describe({ kind, title, xAxis, yAxis, range }: Subject, sentences: readonly string[]): string {
  const axes = `Horizontal: ${xAxis}, ${range}; vertical: ${yAxis}.`;
  return [`${kind} “${title}”.`, axes, ...sentences].join(' ');
}

/** The range of numbers, in words. */
export function spokenRange(values: readonly number[]): string {
  const [low, high] = extent(values);
  return `${spoken(low)} to ${spoken(high)}`;
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
