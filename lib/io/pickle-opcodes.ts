import { need } from '../need.js';

// What stands behind an opcode: so many bytes, so many lines, or a length of so many bytes and then as many bytes.
type Operand = { readonly bytes: number } | { readonly lines: number } | { readonly length: 1 | 4 };

const NOTHING: Operand = { bytes: 0 };

/** What to do about a file that holds more than a state dict. */
export const ADVICE = 'save it with torch.save(model.state_dict(), path)';

// The opcodes that PyTorch writes for a state dict; the names are those of Python's pickletools.
const OPCODES: ReadonlyMap<string, Operand> = new Map<string, Operand>([
  ['\x80', { bytes: 1 }], // PROTO
  ['\x95', { bytes: 8 }], // FRAME
  ['(', NOTHING], // MARK
  [')', NOTHING], // EMPTY_TUPLE
  ['t', NOTHING], // TUPLE
  ['\x85', NOTHING], // TUPLE1
  ['\x86', NOTHING], // TUPLE2
  ['\x87', NOTHING], // TUPLE3
  [']', NOTHING], // EMPTY_LIST
  ['a', NOTHING], // APPEND
  ['e', NOTHING], // APPENDS
  ['}', NOTHING], // EMPTY_DICT
  ['s', NOTHING], // SETITEM
  ['u', NOTHING], // SETITEMS
  ['N', NOTHING], // NONE
  ['\x88', NOTHING], // NEWTRUE
  ['\x89', NOTHING], // NEWFALSE
  ['J', { bytes: 4 }], // BININT
  ['K', { bytes: 1 }], // BININT1
  ['M', { bytes: 2 }], // BININT2
  ['G', { bytes: 8 }], // BINFLOAT
  ['X', { length: 4 }], // BINUNICODE
  ['\x8c', { length: 1 }], // SHORT_BINUNICODE
  ['q', { bytes: 1 }], // BINPUT
  ['r', { bytes: 4 }], // LONG_BINPUT
  ['\x94', NOTHING], // MEMOIZE
  ['h', { bytes: 1 }], // BINGET
  ['j', { bytes: 4 }], // LONG_BINGET
  ['c', { lines: 2 }], // GLOBAL
  ['\x93', NOTHING], // STACK_GLOBAL
  ['Q', NOTHING], // BINPERSID
  ['R', NOTHING], // REDUCE
]);

const STOP = 0x2e;
const BUILD = 0x62;
const GLOBAL = 0x63;
const LINE_END = 0x0a;

/** What a pickle may hold, and how errors name it. */
export interface PickleRules {
  readonly place: string;
  /** Throws if the pickle may not name this (`module.name`). */
  readonly needKnown: (name: string) => void;
}

/**
 * Checks that a pickle has only the opcodes of a state dict, before anything of it is unpickled.
 *
 * The unpickler knows more: it sets the fields of any object (BUILD), which makes a list of four thousand million entries out
 * of forty bytes, and makes numbers of any length. PyTorch writes BUILD only at the end, for the notes of an OrderedDict.
 *
 * @throws Error if there is another opcode, or the pickle does not end.
 */
export function needStateDictOpcodes(pickle: Uint8Array, { place, needKnown }: PickleRules): void {
  let at = 0;
  while (pickle[at] !== STOP) {
    const opcode = pickle[at];
    need(opcode !== undefined, `loadModel needs a whole pickle in ${place}`, { words: 'a truncated one' }, Error);
    const last = opcode === BUILD && pickle[at + 1] === STOP;
    const operand = last ? NOTHING : OPCODES.get(String.fromCharCode(opcode));
    const words = `other objects (opcode 0x${opcode.toString(16)}; nothing was run; ${ADVICE})`;
    need(operand !== undefined, `loadModel needs a state dict of tensors in ${place}`, { words }, Error);
    const next = end(pickle, at + 1, operand);
    if (opcode === GLOBAL) needKnown(new TextDecoder().decode(pickle.subarray(at + 1, next - 1)).replace('\n', '.'));
    at = next;
  }
}

function end(pickle: Uint8Array, start: number, operand: Operand): number {
  if ('bytes' in operand) return start + operand.bytes;
  if ('length' in operand) return start + operand.length + length(pickle, start, operand.length);
  let at = start;
  for (let lines = 0; lines < operand.lines; lines++) {
    const stop = pickle.indexOf(LINE_END, at);
    at = stop < 0 ? pickle.length : stop + 1;
  }
  return at;
}

function length(pickle: Uint8Array, start: number, bytes: 1 | 4): number {
  return Array.from({ length: bytes }, (_, i) => (pickle[start + i] ?? 0) * 256 ** i).reduce((sum, part) => sum + part);
}
