// What came of a cell.
import type { Session } from './session.js';
import type { Json, Message } from './wire.js';

/** A value in several forms, by MIME type. */
type MimeBundle = Readonly<Record<string, unknown>>;

/** Name, message and the lines to show of an error. */
export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Something that a cell shows. */
export type Output =
  | { readonly type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly type: 'display_data' | 'update_display_data' | 'execute_result';
      readonly data: MimeBundle;
      readonly metadata: Json;
      readonly transient?: { readonly display_id?: string };
    }
  | { readonly type: 'clear_output'; readonly wait: boolean }
  | ({ readonly type: 'error' } & Failure);

/** How to run a cell. The names are Jupyter's. */
export interface ExecuteOptions {
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
  readonly user_expressions?: Readonly<Record<string, string>>;
  /** How long it may take; default 30. */
  readonly seconds?: number;
  /** Called with every output at once. */
  readonly onOutput?: (output: Output) => void;
}

/** The outcome of a cell. */
export interface Execution {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly reply: Json;
  readonly outputs: readonly Output[];
  readonly stdout: string;
  readonly stderr: string;
  /** What `display` showed, in order. */
  readonly displays: readonly MimeBundle[];
  /** The value of the last expression. */
  readonly result: MimeBundle | undefined;
  readonly error: Failure | undefined;
}

const OUTPUTS = new Set(['stream', 'display_data', 'update_display_data', 'execute_result', 'clear_output', 'error']);

/** The output in a message on iopub; undefined for messages that show nothing. */
export function outputOf({ header, content }: Message): Output | undefined {
  return OUTPUTS.has(header.msg_type) ? ({ type: header.msg_type, ...content } as Output) : undefined;
}

/** Runs a cell to its end. */
export async function execute(session: Session, code: string, options: ExecuteOptions = {}): Promise<Execution> {
  const { seconds = 30, onOutput, ...flags } = options;
  const outputs: Output[] = [];
  const onMessage = (message: Message): void => {
    const output = outputOf(message);
    if (!output) return;
    outputs.push(output);
    onOutput?.(output);
  };
  const { content } = await session.request('execute_request', { code, ...flags }, { seconds, onMessage });
  return summarise(content, outputs);
}

function summarise(reply: Json, outputs: readonly Output[]): Execution {
  const text = (name: string): string => {
    const written = outputs.flatMap((output) =>
      output.type === 'stream' && output.name === name ? [output.text] : [],
    );
    return written.join('');
  };
  return {
    status: reply['status'] as Execution['status'],
    reply,
    outputs,
    stdout: text('stdout'),
    stderr: text('stderr'),
    displays: outputs.flatMap((output) => (output.type === 'display_data' ? [output.data] : [])),
    result: outputs.flatMap((output) => (output.type === 'execute_result' ? [output.data] : [])).at(0),
    error: outputs.find((output) => output.type === 'error'),
  };
}
