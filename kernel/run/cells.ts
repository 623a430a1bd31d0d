// The life of a cell: run, its value shown, its failure told, its end. No step depends on a pending promise of the kernel:
// when V8 ends a loop it also throws away the queue of microtasks.
import { Phase, type Request, Slot } from '../threads.js';
import type { Evaluation } from './evaluate.js';
import { type Failure, INTERRUPTED, runFailure } from './failure.js';
import type { Modules } from './modules.js';
import type { Stop } from './notebook.js';
import { type Output, toJson } from './output.js';
import type { Positions } from './positions.js';
import type { Result, RunCode } from './run-code.js';
import type { Timers } from './timers.js';
import { answerExpressions } from './user-expressions.js';

const GRACE_MS = 500; // for a cell that watches the signal to end by itself

export interface Answer {
  readonly ok: boolean;
  readonly content: string;
  readonly shown?: string;
}

interface CellsContext {
  readonly runCode: RunCode;
  readonly positions: Positions;
  readonly modules: Modules;
  readonly timers: Timers;
  readonly output: Output;
  readonly stop: Stop;
  readonly shared: Int32Array;
  readonly reply: (id: number, answer: Answer) => void;
}

interface Running {
  readonly request: Request;
  evaluation?: Evaluation | undefined;
  ended: boolean;
}

export type Cells = ReturnType<typeof createCells>;

export function createCells({ runCode, positions, modules, timers, output, stop, shared, reply }: CellsContext) {
  let running: Running | undefined;
  let last = 0; // id of the last request

  function execute(request: Request): void {
    const cell: Running = { request, ended: false };
    running = cell;
    last = request.id;
    timers.enter(request.id);
    Object.assign(stop, { controller: new AbortController(), watched: false });
    attempt(cell, () => {
      const { code } = request.content;
      if (typeof code !== 'string') throw new TypeError(`execute_request needs code, a string, got ${typeof code}`);
      const piece = { code, name: request.cell, keep: true, isOver: () => cell.ended };
      cell.evaluation = runCode(piece, (result) => attempt(cell, () => settle(cell, result)));
    });
  }

  function attempt(cell: Running, work: () => void): void {
    try {
      work();
    } catch (error) {
      fail(cell, runFailure(error, positions));
    }
  }

  function settle(cell: Running, result: Result): void {
    if (cell.ended) return;
    if ('failure' in result) {
      fail(cell, result.failure);
      return;
    }
    const { shown } = result;
    const { silent, user_expressions: wanted } = cell.request.content;
    if (shown && silent !== true) output.publish('execute_result', { execution_count: cell.request.count, ...shown });
    const text = shown?.data['text/plain'];
    const kept = typeof text === 'string' ? { shown: text } : {};
    const names = typeof wanted === 'object' && wanted !== null ? Object.entries(wanted) : [];
    answerExpressions(runCode, names, { isOver: () => cell.ended }, (user_expressions) => {
      const content = { status: 'ok', execution_count: cell.request.count, user_expressions, payload: [] };
      finish(cell, { ok: true, content: toJson(content), ...kept });
    });
  }

  function fail(cell: Running, failure: Failure): void {
    if (cell.ended) return;
    if (cell.request.content['silent'] !== true) output.publish('error', { ...failure });
    const content = { status: 'error', execution_count: cell.request.count, user_expressions: {}, ...failure };
    finish(cell, { ok: false, content: toJson(content) });
  }

  /** The reply first: cut short between the two, the cell is finished again, which does no harm. */
  function finish(cell: Running, answer: Answer): void {
    if (cell.ended) return;
    reply(cell.request.id, answer);
    cell.evaluation?.abandon();
    cell.ended = true;
    if (running === cell) running = undefined;
    Atomics.store(shared, Slot.phase, Phase.idle);
  }

  function end(cell: Running | undefined, upTo: number): void {
    timers.stopAll(upTo);
    modules.dropUnfinished();
    if (cell) fail(cell, INTERRUPTED);
  }

  return {
    execute,
    /** The user wants the running cell to stop, and whatever earlier cells have left behind. */
    interrupt(): void {
      const cell = running;
      const upTo = last;
      stop.controller.abort();
      if (!cell || !stop.watched) {
        end(cell, upTo);
        return;
      }
      timers.own.setTimeout(() => {
        if (!cell.ended) end(cell, upTo);
      }, GRACE_MS);
    },
    /** Nobody handles this error: it fails the cell whose work it is, or is shown. */
    unhandled(error: unknown): void {
      const failure = runFailure(error, positions);
      const mine = running && (timers.current() === running.request.id || mentions(failure, running.request.cell));
      if (running && mine) {
        timers.stop(running.request.id);
        fail(running, failure);
      } else output.write('stderr', `${failure.traceback.join('\n')}\n`);
    },
  };
}

function mentions({ traceback }: Failure, cell: string): boolean {
  return traceback.some((line) => line.includes(`${cell}:`));
}
