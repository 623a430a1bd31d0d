// Errors as people want to read them: name, message, place and code around, without internals of the kernel.
import { types } from 'node:util';
import type { Problem } from '../compile/diagnostics.js';
import { plainNames } from '../compile/names.js';
import { excerpt } from './excerpt.js';
import type { Place, Positions } from './positions.js';
import { inspected } from './value-text.js';

/** The content of Jupyter's `error` message. */
export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

const PLACE = /(cell\[\d+\]|(?:[A-Za-z]:)?(?:[^\s():]*\/)?[^\s():/]+\.[cm]?tsx?):(\d+):(\d+)/;

export const INTERRUPTED: Failure = {
  ename: 'Interrupted',
  evalue: 'the cell was stopped',
  traceback: ['Interrupted: the cell was stopped'],
};

/** Of a value that was thrown while a cell ran. */
export function runFailure(error: unknown, positions: Positions): Failure {
  try {
    return told(error, positions);
  } catch (reason) {
    const evalue = `the error cannot be shown: ${text(() => reason, 'nor why')}`; // a cell has broken what telling stands on
    return { ename: 'Error', evalue, traceback: [evalue] };
  }
}

function told(error: unknown, positions: Positions): Failure {
  if (!isError(error)) {
    const text = inspected(error);
    return { ename: 'Thrown', evalue: text, traceback: [`Thrown, but not an Error: ${text}`] };
  }
  const lines = plainNames(inspected(error)).split('\n');
  const message = plainNames(text(() => error.message, 'its message cannot be read'));
  const messageLines = message.split('\n').length; // which may look like frames
  const firstFrame = lines.findIndex((line, at) => at >= messageLines && /^\s+at /.test(line));
  const head = firstFrame < 0 ? lines : lines.slice(0, firstFrame);
  const frames = lines.slice(head.length);
  const place = placeIn(frames.join('\n'));
  const code = place ? ['', ...excerpt(positions, place), ''] : [];
  return {
    ename: text(() => error.name, 'Error') || 'Error',
    evalue: message,
    traceback: [...head, ...code, ...frames],
  };
}

/** Of the problems that the compiler found in a cell. */
export function compileFailure(problems: readonly Problem[], cell: string, positions: Positions): Failure {
  const traceback = problems.flatMap(({ file, line, column, length, code, text }) => {
    const shown = file === undefined ? cell : positions.nameOf(file);
    return [`TS${code}: ${text}`, ...excerpt(positions, { file: shown, line, column }, length), ''];
  });
  const first = problems[0];
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const evalue = first ? `TS${first.code}: ${first.text.split('\n')[0]}${more}` : '';
  return { ename: 'CompileError', evalue, traceback };
}

function isError(error: unknown): error is Error {
  try {
    return types.isNativeError(error) || error instanceof Error; // a DOMException is only the latter
  } catch {
    return false; // a proxy that fails
  }
}

function placeIn(text: string): Place | undefined {
  const [, file, line, column] = PLACE.exec(text) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}

function text(read: () => unknown, otherwise: string): string {
  try {
    return String(read());
  } catch {
    return otherwise;
  }
}
