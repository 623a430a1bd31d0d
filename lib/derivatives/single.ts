/** Numbers in single precision, as tensors hold them. */
export function single(values: Float32Array | Float64Array): Float32Array {
  return values instanceof Float32Array ? values : new Float32Array(values);
}
