import { max, median, min } from 'simple-statistics';

/** Some measurements of one thing, in the order they were taken. */
export type Samples = readonly number[];

/** "0.21 (0.19 – 0.25)": the median, and the least and greatest of the measurements. */
export function summary(samples: Samples, digits: number): string {
  const shown = (value: number) => value.toFixed(digits);
  const range = samples.length > 1 ? ` (${shown(min([...samples]))} – ${shown(max([...samples]))})` : '';
  return `${shown(median([...samples]))}${range}`;
}

/** Seconds that something took. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** A row of the report: what was measured, a cell per column. */
export type Row = readonly string[];

/** A table in Markdown. */
export function table(header: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
