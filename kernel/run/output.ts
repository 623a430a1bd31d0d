// Everything a cell shows leaves through here. postMessage works in the middle of a loop, so output is live.
import { StringDecoder } from 'node:string_decoder';
import { type FromMain, type Json, Slot, type StreamName } from '../threads.js';

const BACKLOG_CHARACTERS = 8 * 1024 * 1024; // that may wait for the socket; then the writer waits
const PIECE = 1024 * 1024;
const WAIT_MS = 50;
const WAITS = 600;
const { stringify } = JSON; // a cell may replace it

export type Output = ReturnType<typeof createOutput>;

export function createOutput(tell: (message: FromMain) => void, shared: Int32Array) {
  function count(characters: number): void {
    for (let i = 0; i < WAITS; i += 1) {
      const backlog = Atomics.load(shared, Slot.backlog);
      if (backlog <= BACKLOG_CHARACTERS) break;
      Atomics.wait(shared, Slot.backlog, backlog, WAIT_MS);
    }
    Atomics.add(shared, Slot.backlog, characters);
  }

  function publish(type: string, content: Json): void {
    const text = toJson(content);
    count(text.length);
    tell({ kind: 'publish', type, content: text });
  }

  function write(name: StreamName, text: string): void {
    for (const piece of pieces(text)) {
      count(piece.length);
      tell({ kind: 'stream', name, text: piece });
    }
  }

  return {
    publish,
    write,
    /** Shows a MIME bundle; with `update`, in the place of an earlier one of the same id. */
    display(bundle: Json, metadata: Json = {}, id?: string, update = false): void {
      if (!isBundle(bundle)) {
        throw new TypeError(`display needs a MIME bundle, an object like { 'text/plain': 'x' }, got ${String(bundle)}`);
      }
      const transient = id === undefined ? {} : { display_id: id };
      publish(update ? 'update_display_data' : 'display_data', { data: bundle, metadata, transient });
    },
    clear: (wait = false): void => publish('clear_output', { wait }),
  };
}

function isBundle(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON in which bytes are base64, as Jupyter wants images, and half characters are replaced, which Python cannot save. */
export function toJson(value: unknown): string {
  return stringify(value, function (this: Json, key: string, given: unknown) {
    if (typeof given === 'string') return wellFormed(given);
    const original = this[key]; // a Buffer has a toJSON of its own
    if (original instanceof Uint8Array) return Buffer.from(original).toString('base64');
    return given;
  });
}

/** The string without unpaired surrogates. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** The text in pieces that can be sent; no character is cut in two. */
function* pieces(text: string): Generator<string> {
  let at = 0;
  while (text.length - at > PIECE) {
    const last = text.charCodeAt(at + PIECE - 1);
    const end = at + PIECE - (last >= 0xd800 && last <= 0xdbff ? 1 : 0);
    yield wellFormed(text.slice(at, end));
    at = end;
  }
  if (at < text.length) yield wellFormed(text.slice(at));
}

/** Leads what is written to `process.stdout` or `process.stderr` into the notebook, which is no terminal. */
export function captureStream(name: StreamName, write: Output['write']): void {
  const stream = process[name];
  const decoder = new StringDecoder('utf8');
  stream.write = (chunk: string | Uint8Array, second?: unknown, third?: unknown): boolean => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
      throw new TypeError(`write needs a string or a Uint8Array, got ${typeof chunk}`);
    }
    const encoding = typeof second === 'string' && Buffer.isEncoding(second) ? second : 'utf8';
    const isText = typeof chunk === 'string' && /^utf-?8$/i.test(encoding);
    write(name, isText ? chunk : decoder.write(Buffer.from(chunk as string, encoding)));
    const done = typeof second === 'function' ? second : third;
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  };
  for (const property of ['isTTY', 'columns', 'rows', 'getColorDepth', 'hasColors']) {
    Object.defineProperty(stream, property, { value: undefined, configurable: true, writable: true });
  }
}
