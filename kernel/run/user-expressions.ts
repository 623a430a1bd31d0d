// The user_expressions of an execute_request: evaluated after the cell, one after the other.
import type { Result, RunCode } from './run-code.js';

/** Calls back with an answer for every expression, a value or an error. */
export function answerExpressions(
  runCode: RunCode,
  [next, ...rest]: readonly [string, unknown][],
  cell: { readonly isOver: () => boolean },
  done: (answers: object) => void,
): void {
  if (!next) {
    done({});
    return;
  }
  const [name, code] = next;
  runCode({ code: String(code), name: 'cell[0]', keep: false, isOver: cell.isOver }, (result) => {
    const answer = answerOf(result);
    answerExpressions(runCode, rest, cell, (others) => done({ [name]: answer, ...others }));
  });
}

function answerOf(result: Result): object {
  if ('failure' in result) return { status: 'error', ...result.failure };
  return { status: 'ok', ...(result.shown ?? { data: { 'text/plain': 'undefined' }, metadata: {} }) };
}
