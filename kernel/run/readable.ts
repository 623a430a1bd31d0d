// Values of the course's packages, recognised by what they have: tensors and models of TensorFlow.js, tables of danfo.js.
import { inspect } from 'node:util';
import type { Json } from '../threads.js';
import { table } from './table.js';

interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
  dataSync(): ArrayLike<unknown>;
  toString(): string;
}
interface Model {
  readonly layers: readonly unknown[];
  summary(lineLength: undefined, positions: undefined, print: (line: string) => void): void;
}
interface Frame {
  readonly columns: readonly unknown[];
  readonly index: readonly unknown[];
  readonly values: readonly unknown[];
  readonly $isSeries: boolean;
}

/** The bundle of a tensor, model or table; undefined for anything else, also where asking fails. */
export function readable(value: unknown): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    if (isTensor(value)) return tensorBundle(value);
    if (isModel(value)) return { 'text/plain': summary(value) };
    if (isFrame(value)) return frameTable(value);
  } catch {
    // shown like any other object
  }
  return undefined;
}

/** Makes tensors of this package readable wherever they are inspected: in `console.log`, in arrays and objects. */
export function teachInspection(namespace: Readonly<Record<string, unknown>>): void {
  const { Tensor } = namespace;
  const prototype: unknown = typeof Tensor === 'function' ? Tensor.prototype : undefined;
  if (typeof prototype !== 'object' || prototype === null || !('dataSync' in prototype)) return;
  Object.defineProperty(prototype, inspect.custom, {
    configurable: true,
    value(this: Tensor): string {
      return tensorText(this);
    },
  });
}

function isTensor(value: object): value is Tensor {
  return (
    'dataSync' in value && 'dtype' in value && 'isDisposed' in value && 'shape' in value && Array.isArray(value.shape)
  );
}
function isModel(value: object): value is Model {
  return 'summary' in value && typeof value.summary === 'function' && 'layers' in value && Array.isArray(value.layers);
}
function isFrame(value: object): value is Frame {
  return '$isSeries' in value && 'columns' in value && Array.isArray(value.columns) && 'index' in value;
}

/** As text, and as a table if it is a matrix or a list of numbers. */
function tensorBundle(tensor: Tensor): Json {
  const plain = { 'text/plain': tensorText(tensor) };
  const { shape, isDisposed, dtype } = tensor;
  const isTable = (shape.length === 1 || shape.length === 2) && dtype !== 'complex64';
  if (isDisposed || !isTable) return plain;
  const [width = 0, height] = shape.toReversed();
  const values = tensor.dataSync();
  const matrix = table({
    columns: { length: width, head: (at) => at },
    rows: { length: height ?? 1, head: (at) => (height === undefined ? '' : at) },
    value: (row, column) => (dtype === 'bool' ? Boolean(values[row * width + column]) : values[row * width + column]),
    caption: headOf(tensor),
  });
  return { 'text/html': matrix['text/html'], ...plain };
}

function headOf({ dtype, shape }: Tensor): string {
  return `Tensor ${dtype} [${shape.join(', ')}]`;
}

function tensorText(tensor: Tensor): string {
  const head = headOf(tensor);
  if (tensor.isDisposed) return `${head}, disposed`;
  const [first = '', ...lines] = tensor.toString().split('\n');
  return [first.replace(/^Tensor/, head), ...lines].join('\n');
}

function summary(model: Model): string {
  const lines: string[] = [];
  model.summary(undefined, undefined, (line) => lines.push(line));
  return lines.join('\n');
}

const NAMELESS = '0'; // what danfo.js calls a series without a name

function frameTable({ columns, index, values, $isSeries }: Frame): Json {
  return table({
    columns: {
      length: columns.length,
      head: (at) => ($isSeries && columns[at] === NAMELESS ? '' : String(columns[at])),
    },
    rows: { length: index.length, head: (at) => index[at] },
    value: (row, column) => ($isSeries ? values[row] : (values[row] as readonly unknown[])[column]),
  });
}
