type Indices = readonly number[];

/**
 * All lists of `length` inputs that do not decrease, in order: for two inputs and length 2 [0, 0], [0, 1], [1, 1].
 *
 * They name the derivatives of that order, each once, as the order of differentiation does not matter.
 */
export function sortedIndices(inputs: number, length: number, first = 0): readonly Indices[] {
  if (length === 0) return [[]];
  const starts = Array.from({ length: inputs - first }, (_, i) => first + i);
  return starts.flatMap((i) => sortedIndices(inputs, length - 1, i).map((rest) => [i, ...rest]));
}

/** The derivatives of one order, each given once or more often: `width` numbers in a row, each at a place. */
export interface Given {
  readonly values: Float32Array;
  readonly width: number;
  /** Where the derivative by these inputs, which do not decrease, stands in a row. */
  readonly place: (sorted: Indices) => number;
}

/** Symmetric arrays [rows, in, … in] of all derivatives of one order. */
export function symmetric(inputs: number, order: number, { values, width, place }: Given): Float32Array {
  const places = allIndices(inputs, order).map((indices) => place(indices.toSorted((a, b) => a - b)));
  const rows = values.length / width;
  const result = new Float32Array(rows * places.length);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < places.length; i++) result[row * places.length + i] = values[row * width + places[i]!]!;
  return result;
}

/** Finds the place of a list among lists. */
export function finder(lists: readonly Indices[]): (list: Indices) => number {
  const places = new Map(lists.map((list, i) => [list.join(), i]));
  return (list) => places.get(list.join())!;
}

function allIndices(inputs: number, length: number): readonly Indices[] {
  if (length === 0) return [[]];
  const firsts = Array.from({ length: inputs }, (_, i) => i);
  return firsts.flatMap((i) => allIndices(inputs, length - 1).map((rest) => [i, ...rest]));
}
