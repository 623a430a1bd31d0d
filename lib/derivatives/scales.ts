import { collector } from './statistics.js';

/** The standard deviation (over n) of every column of x [rows, in]. */
export function deviations(x: Float32Array, inputs: number): readonly number[] {
  return Array.from({ length: inputs }, (_, column) => {
    const values = collector();
    for (let i = column; i < x.length; i += inputs) values.add(x[i]!);
    return values.deviation();
  });
}

/** What counts as a usual change of every input: its standard deviation; without one its size; for zeros 1. */
export function usualChanges(x: Float32Array, inputs: number): readonly number[] {
  return deviations(x, inputs).map((deviation, column) => deviation || Math.abs(x[column]!) || 1);
}
