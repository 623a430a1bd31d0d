// From code to what becomes of it: compiled, evaluated, its value made showable.
import type { CompiledCell, Compiler } from '../compile/compiler.js';
import type { Problem } from '../compile/diagnostics.js';
import { Phase, Slot } from '../threads.js';
import { type Evaluation, evaluate, type Outcome } from './evaluate.js';
import { compileFailure, type Failure, INTERRUPTED, runFailure } from './failure.js';
import type { Hidden } from './notebook.js';
import type { Output } from './output.js';
import type { Positions } from './positions.js';
import type { Timers } from './timers.js';
import { type Shown, show } from './value.js';

/** What became of a piece of code. */
export type Result = { readonly failure: Failure } | { readonly shown: Shown | undefined };

interface Piece {
  readonly code: string;
  /** Of the cell, in messages. */
  readonly name: string;
  /** Are the names that it declares known to later cells? */
  readonly keep: boolean;
  /** Nobody waits for the result any more. */
  readonly isOver: () => boolean;
}

interface RunContext {
  readonly compiler: Compiler;
  readonly positions: Positions;
  readonly timers: Timers;
  readonly output: Output;
  readonly hidden: Hidden;
  readonly shared: Int32Array;
}

/** Calls back when the code has ended; what it returns ends it before. */
export type RunCode = (piece: Piece, done: (result: Result) => void) => Evaluation | undefined;

export function createRunCode({ compiler, positions, timers, output, hidden, shared }: RunContext): RunCode {
  function compiled({ code, name }: Piece): CompiledCell | { readonly problems: readonly Problem[] } {
    Atomics.store(shared, Slot.phase, Phase.compiling);
    positions.addCell(name, code);
    try {
      return compiler.compile(code, name);
    } catch (error) {
      // Code too deeply nested, mostly; or a cell has replaced what the compiler stands on, as the cause tells.
      throw new Error(`the compiler gave up on this cell: ${(error as Error).message}`, { cause: error });
    } finally {
      Atomics.store(shared, Slot.phase, Phase.running);
    }
  }

  function conclude(outcome: Outcome, value: unknown, done: (result: Result) => void): void {
    const failed = (error: unknown) => done({ failure: runFailure(error, positions) });
    if (outcome === 'terminated') done({ failure: INTERRUPTED });
    else if (!outcome.ok) failed(outcome.error);
    else if (value === undefined) done({ shown: undefined });
    else show(value, { done: (shown) => done({ shown }), failed });
  }

  return (piece, done) => {
    const cell = compiled(piece);
    if ('problems' in cell) {
      done({ failure: compileFailure(cell.problems, piece.name, positions) });
      return undefined;
    }
    for (const warning of cell.warnings) output.write('stderr', `${warning}\n`);
    positions.addCompiled(piece.name, piece.code, cell);
    if (piece.keep) cell.accept();
    const forget = (): void => {
      hidden.release(cell.key);
      delete hidden.values[cell.key];
    };
    const evaluation = evaluate(cell.script.text, (outcome) => {
      // Later, so that a rejection that nobody handles is noticed first.
      timers.own.setImmediate(() => {
        if (piece.isOver()) return;
        conclude(outcome, hidden.values[cell.key], done);
        forget();
      });
    });
    const abandon = (): void => {
      evaluation.abandon();
      forget();
    };
    return { abandon };
  };
}
