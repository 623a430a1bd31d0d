// What a front end asks a kernel.
import { type ExecuteOptions, type Execution, execute, type Output, outputOf } from './execution.js';
import type { RequestOptions, Session } from './session.js';
import type { Json } from './wire.js';
import { within } from './within.js';

/** The requests of a front end. Positions are counted in code points, as Jupyter does. */
export interface Conversation {
  /** Runs a cell. */
  execute(code: string, options?: ExecuteOptions): Promise<Execution>;
  info(): Promise<Json>;
  /** Completion at `cursor`, by default the end. */
  complete(code: string, cursor?: number): Promise<Json>;
  /** Help about what stands at `cursor`, by default the end. */
  inspect(code: string, cursor?: number): Promise<Json>;
  isComplete(code: string): Promise<Json>;
  history(content: Json): Promise<Json>;
  /** Any other request; gives the content of the reply. */
  request(type: string, content?: Json, options?: RequestOptions): Promise<Json>;
  /** Asks the kernel to stop what runs, by a message. */
  interrupt(): Promise<Json>;
  /** One heartbeat; gives the seconds it took. */
  beat(seconds?: number): Promise<number>;
  /** The next output that `matches`, whatever cell it belongs to. */
  output(matches: (output: Output) => boolean, seconds?: number): Promise<Output>;
  /** The messages themselves, for tests of the protocol. */
  readonly session: Session;
}

const codePoints = (text: string): number => [...text].length;

/** The requests, asked in `session`. */
export function converse(session: Session): Conversation {
  const request: Conversation['request'] = async (type, content, options) =>
    (await session.request(type, content, options)).content;
  return {
    session,
    request,
    execute: (code, options) => execute(session, code, options),
    info: () => request('kernel_info_request'),
    complete: (code, cursor = codePoints(code)) => request('complete_request', { code, cursor_pos: cursor }),
    inspect: (code, cursor = codePoints(code)) =>
      request('inspect_request', { code, cursor_pos: cursor, detail_level: 0 }),
    isComplete: (code) => request('is_complete_request', { code }),
    history: (content) => request('history_request', { output: false, raw: true, ...content }),
    interrupt: () => request('interrupt_request', {}, { channel: 'control', untilIdle: false }),
    beat: async (seconds = 5) => {
      const start = performance.now();
      await within(session.sockets.beat(), seconds, () => 'a heartbeat');
      return (performance.now() - start) / 1000;
    },
    output: (matches, seconds = 10) => nextOutput(session, matches, seconds),
  };
}

async function nextOutput(session: Session, matches: (output: Output) => boolean, seconds: number): Promise<Output> {
  let stop = (): void => {};
  const found = new Promise<Output>((resolve) => {
    stop = session.listen((_, message) => {
      const output = outputOf(message);
      if (output && matches(output)) resolve(output);
    });
  });
  return within(found, seconds, () => `an output with ${matches}`).finally(stop);
}
