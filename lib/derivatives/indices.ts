/**
 * All lists of `length` inputs that do not decrease, in order: for two inputs and length 2 [0, 0], [0, 1], [1, 1].
 *
 * They name the derivatives of that order, each once, as the order of differentiation does not matter.
 */
export function sortedIndices(inputs: number, length: number, first = 0): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  const starts = Array.from({ length: inputs - first }, (_, i) => first + i);
  return starts.flatMap((i) => sortedIndices(inputs, length - 1, i).map((rest) => [i, ...rest]));
}

/** All lists of `length` inputs, in order. */
function allIndices(inputs: number, length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return Array.from({ length: inputs }, (_, i) => i).flatMap((i) =>
    allIndices(inputs, length - 1).map((rest) => [i, ...rest]),
  );
}

/**
 * Symmetric arrays [rows, in, … in] of derivatives, from the gradients [rows, directions, in] of those of one order less, each
 * given once (in the order of `sortedIndices`).
 *
 * @param order - the order of the derivatives, at least 2.
 */
export function symmetric(gradients: Float32Array, inputs: number, order: number): Float32Array {
  const directions = sortedIndices(inputs, order - 1);
  const places = new Map(directions.map((indices, i) => [indices.join(), i]));
  const sources = allIndices(inputs, order).map((indices) => {
    const sorted = indices.toSorted((a, b) => a - b);
    return places.get(sorted.slice(0, -1).join())! * inputs + sorted.at(-1)!;
  });
  const rows = gradients.length / (directions.length * inputs);
  const result = new Float32Array(rows * sources.length);
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * directions.length * inputs, row * sources.length];
    for (let i = 0; i < sources.length; i++) result[to + i] = gradients[from + sources[i]!]!;
  }
  return result;
}
