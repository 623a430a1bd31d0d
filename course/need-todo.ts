import type { Source } from './source.js';

/**
 * Checks that students have `todo`, which the stubs of their answers call. The source has solutions in their place, so its compiler
 * misses nothing.
 *
 * @throws Error naming file and line of the first answer in code above which no given cell brings `todo`.
 */
export function needTodo({ name, cells }: Source): void {
  const first = cells.findIndex(({ kind, exercise }) => kind === 'code' && exercise !== undefined);
  if (first === -1) return;
  if (cells.slice(0, first).some(({ kind, text }) => kind === 'code' && /\btodo\b/.test(text))) return;
  const { exercise, line } = cells[first]!;
  throw new Error(
    `release needs import { todo } from 'netlens' above the answer to ${exercise}, got none (exercises/${name}.ts:${line})`,
  );
}
