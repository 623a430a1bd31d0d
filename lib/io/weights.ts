/** An array of numbers as a file holds it, row by row. */
export interface Weights {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** A way to store a number, low byte first. */
export type FloatType = 'float16' | 'bfloat16' | 'float32' | 'float64';

interface FloatReader {
  readonly bytes: number;
  readonly at: (view: DataView, offset: number) => number;
}

const READERS: Readonly<Record<FloatType, FloatReader>> = {
  float16: { bytes: 2, at: (view, offset) => float16(view.getUint16(offset, true)) },
  bfloat16: { bytes: 2, at: bfloat16 },
  float32: { bytes: 4, at: (view, offset) => view.getFloat32(offset, true) },
  float64: { bytes: 8, at: (view, offset) => view.getFloat64(offset, true) },
};

/** Bytes of one number. */
export function bytesOf(type: FloatType): number {
  return READERS[type].bytes;
}

/** The numbers that are stored in a row. */
export function floats(data: Uint8Array, type: FloatType): Float64Array {
  const { bytes, at } = READERS[type];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return new Float64Array(data.byteLength / bytes).map((_, i) => at(view, i * bytes));
}

// Sign, five bits of exponent, ten of fraction (IEEE 754 binary16).
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// The upper half of a float32.
function bfloat16(view: DataView, offset: number): number {
  const [float32] = new Float32Array(Uint32Array.of(view.getUint16(offset, true) << 16).buffer);
  return float32!;
}

/** How many numbers an array of a shape has. */
export function count(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A shape in words: [3, 4]. */
export function shapeText(shape: readonly unknown[]): string {
  return `[${shape.join(', ')}]`;
}
