// Shell requests, one at a time and in order. What needs the compiler goes to the main thread, the rest is answered here.
import type { FromMain, Json, ToMain } from '../threads.js';
import type { createHistory } from './history.js';
import type { Interrupts } from './interrupts.js';
import type { Publisher } from './publisher.js';
import type { Message } from './wire.js';

const NEEDS_COMPILER = new Set(['execute_request', 'complete_request', 'inspect_request', 'is_complete_request']);
const RUN_ALL_MS = 2000; // a client sends all cells of "Run All" within this time

interface RequestsContext {
  readonly publisher: Publisher;
  readonly history: ReturnType<typeof createHistory>;
  readonly interrupts: Interrupts;
  readonly tellMain: (message: ToMain) => void;
  readonly reply: (request: Message, content: string) => void;
  /** Answers a request that needs no compiler, if it knows it. */
  readonly answer: (request: Message) => void;
}

interface Handed {
  readonly id: number;
  readonly request: Message;
  readonly silent: boolean;
  readonly stored: boolean;
}

export function createRequests({ publisher, history, interrupts, tellMain, reply, answer }: RequestsContext) {
  const queue: Message[] = [];
  let handed: Handed | undefined; // with the main thread now
  let mainReady = false;
  let ran = false; // a cell
  let count = 0; // of cells
  let ids = 0;
  let failedAt = 0; // when a cell failed that stops those after it

  function advance(): void {
    while (!handed) {
      const next = queue[0];
      if (!next) return;
      const type = next.header.msg_type;
      if (NEEDS_COMPILER.has(type) && !(mainReady && interrupts.safe())) return;
      queue.shift();
      if (isCell(next)) execute(next);
      else if (NEEDS_COMPILER.has(type)) ask(next);
      else answer(next);
    }
  }

  function execute(request: Message): void {
    if (isAborted(request)) {
      abort(request);
      return;
    }
    failedAt = 0;
    const silent = request.content['silent'] === true;
    const stored = !silent && request.content['store_history'] !== false;
    if (stored) count += 1;
    if (!silent) publisher.setOwner(request);
    publisher.setState('busy', request);
    publisher.setQuiet(silent);
    const { code } = request.content;
    if (!silent) publisher.send('execute_input', { code, execution_count: count }, request);
    ran = true;
    hand({ id: ++ids, request, silent, stored });
  }

  /** After a failure, what the client had already sent is not run; later requests are. */
  function isAborted({ header }: Message): boolean {
    return Date.parse(header.date ?? '') < failedAt && Date.now() - failedAt < RUN_ALL_MS;
  }
  function abort(request: Message): void {
    publisher.setState('busy', request);
    reply(request, JSON.stringify({ status: 'aborted', execution_count: count }));
    publisher.setState('idle', request);
  }

  function ask(request: Message): void {
    publisher.setState('busy', request);
    hand({ id: ++ids, request, silent: true, stored: false });
  }
  function hand(next: Handed): void {
    handed = next;
    const { header, content } = next.request;
    const cell = `cell[${next.stored ? count : 0}]`;
    tellMain({ kind: 'request', id: next.id, type: header.msg_type, content, count, cell });
  }

  const isCell = ({ header }: Message) => header.msg_type === 'execute_request';

  return {
    advance,
    /** Stop: cells that wait while none runs, as when the kernel still starts. Behind a running one, its failure sees to them. */
    discard(): void {
      if (handed && isCell(handed.request)) return;
      const [cells, others] = [queue.filter(isCell), queue.filter((request) => !isCell(request))];
      queue.splice(0, queue.length, ...others);
      for (const cell of cells) abort(cell);
    },
    /** Has code of the user begun to run? */
    hasRun: () => ran,
    add(request: Message): void {
      queue.push(request);
      advance();
    },
    ready(): void {
      mainReady = true;
      advance();
    },
    /** The main thread has done a request. */
    settle({ id, ok, content, shown }: FromMain & { kind: 'reply' }): void {
      if (handed?.id !== id) return; // a cell that was stopped already
      const { request, stored } = handed;
      handed = undefined;
      publisher.setQuiet(false);
      if (stored) history.add({ line: count, code: codeOf(request.content), shown });
      const stops = isCell(request) && request.content['stop_on_error'] !== false;
      if (!ok && stops) failedAt = Date.now();
      reply(request, content);
      publisher.setState('idle', request);
      advance();
    },
  };
}

function codeOf(content: Json): string {
  return typeof content['code'] === 'string' ? content['code'] : '';
}
