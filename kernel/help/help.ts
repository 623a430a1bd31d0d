// Completion, explanation and completeness of code in a cell.
import type { Compiler } from '../compile/compiler.js';
import { isInternal } from '../compile/names.js';
import type { Json, Request } from '../threads.js';
import { toCodePoints, toUtf16 } from './code-points.js';
import { completeness } from './complete-code.js';
import { documentation } from './documentation.js';

/** Returns a function from a request to the content of its reply. */
export function createHelp(compiler: Compiler): (request: Request) => Json {
  return ({ type, content }) => {
    const code = typeof content['code'] === 'string' ? content['code'] : '';
    const cursor = typeof content['cursor_pos'] === 'number' ? content['cursor_pos'] : Number.POSITIVE_INFINITY;
    const position = toUtf16(code, cursor);
    if (type === 'complete_request') return complete(compiler, code, position);
    if (type === 'inspect_request') return inspect(compiler, code, position);
    return completeness(compiler, code);
  };
}

function inspect(compiler: Compiler, code: string, position: number): Json {
  const info = compiler.inspect(code, position);
  return info ? { found: true, data: documentation(info), metadata: {} } : { found: false, data: {}, metadata: {} };
}

function complete(compiler: Compiler, code: string, position: number): Json {
  const found = compiler.complete(code, position);
  const start = toCodePoints(code, found.start);
  const end = toCodePoints(code, found.end);
  const kinds = new Map(found.original?.entries.map(({ name, kind }) => [name, kind]));
  const matches = found.candidates.filter((name) => !isInternal(name));
  const typed = matches.map((text) => ({ start, end, text, type: kinds.get(text) ?? '' }));
  return { matches, cursor_start: start, cursor_end: end, metadata: { _jupyter_types_experimental: typed } };
}
