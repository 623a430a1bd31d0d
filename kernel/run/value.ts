// How the value of a cell is shown.
import type { Json } from '../threads.js';
import { readable } from './readable.js';
import { inspected } from './value-text.js';

/** A MIME bundle and, by MIME type, what front ends should know about it. */
export interface Shown {
  readonly data: Json;
  readonly metadata: Json;
}

interface Callbacks {
  readonly done: (shown: Shown) => void;
  readonly failed: (error: unknown) => void; // with what the value's own methods throw
}

const DISPLAY = Symbol.for('Jupyter.display');
const METADATA = Symbol.for('Jupyter.metadata');

/**
 * The bundle of a value: its own (`[Symbol.for('Jupyter.display')]()`, sync or async), that of a kind of value the kernel
 * knows, or text. Calls back at once unless the value's own method is asynchronous.
 */
export function show(value: unknown, { done, failed }: Callbacks): void {
  const own = method(value, DISPLAY);
  if (own) showItself(value, own, { done, failed });
  else done({ data: readable(value) ?? { 'text/plain': inspected(value) }, metadata: {} });
}

function showItself(value: unknown, own: () => unknown, { done, failed }: Callbacks): void {
  const finish = (bundle: unknown) => {
    const metadata = method(value, METADATA)?.() ?? {};
    done({ data: checkBundle(bundle), metadata: checkBundle(metadata) });
  };
  try {
    const bundle = own();
    if (isThenable(bundle)) bundle.then(finish).then(undefined, failed);
    else finish(bundle);
  } catch (error) {
    failed(error);
  }
}

function method(value: unknown, name: symbol): (() => unknown) | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  let found: unknown;
  try {
    found = Reflect.get(value, name);
  } catch {
    return undefined; // a proxy or getter that fails: shown as text
  }
  return typeof found === 'function' ? () => Reflect.apply(found, value, []) : undefined;
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function checkBundle(bundle: unknown): Json {
  if (typeof bundle === 'object' && bundle !== null && !Array.isArray(bundle)) return bundle as Json;
  throw new TypeError(`Jupyter.display needs to return a MIME bundle, an object, got ${inspected(bundle)}`);
}
