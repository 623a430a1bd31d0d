// Requests and their answers.
import { randomUUID } from 'node:crypto';
import type { Connection } from './connection.js';
import type { Running } from './process.js';
import { connect, type Listener, type Sockets } from './sockets.js';
import { createMessage, type Json, type Message } from './wire.js';
import { within } from './within.js';

/** How to ask. */
export interface RequestOptions {
  /** Default `'shell'`. */
  readonly channel?: 'shell' | 'control';
  /** How long to wait for the answer; default 30. */
  readonly seconds?: number;
  /** Called with every message on iopub that belongs to the request. */
  readonly onMessage?: (message: Message) => void;
  /** Whether the request is done only when the kernel has said that it is idle again; default true. */
  readonly untilIdle?: boolean;
}

/** A front end's conversation with one kernel. */
export interface Session {
  /** Sends a request and gives the reply. */
  request(type: string, content?: Json, options?: RequestOptions): Promise<Message>;
  /** Calls `listener` with all messages, until the returned function is called. */
  listen(listener: Listener): () => void;
  readonly sockets: Sockets;
}

/** Opens a conversation; `kernel` tells which process would have to answer now. */
export function openSession(connection: Connection, kernel: () => Running): Session {
  const name = randomUUID();
  const listeners = new Set<Listener>();
  const sockets = connect(connection, (channel, message) => {
    for (const listener of listeners) listener(channel, message);
  });
  const listen = (listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const request: Session['request'] = (type, content = {}, options = {}) => {
    const message = createMessage(name, type, content);
    let stop = (): void => {};
    const answer = new Promise<Message>((resolve) => {
      stop = listen(answerTo(message, options, resolve));
    });
    sockets.send(options.channel ?? 'shell', message);
    const outcome = Promise.race([answer, unlessEnded(kernel(), type)]);
    const asked = (): string => `the answer to ${type} ${JSON.stringify(content)}`;
    return within(outcome, options.seconds ?? 30, asked).finally(stop);
  };
  return { request, listen, sockets };
}

/** A listener that calls `done` when the request is answered. */
function answerTo(request: Message, options: RequestOptions, done: (reply: Message) => void): Listener {
  const { channel: asked = 'shell', untilIdle = true, onMessage } = options;
  let reply: Message | undefined;
  let idle = !untilIdle;
  return (channel, message) => {
    if (message.parent.msg_id !== request.header.msg_id) return;
    if (channel === asked) reply = message;
    else onMessage?.(message);
    if (message.header.msg_type === 'status' && message.content['execution_state'] === 'idle') idle = true;
    if (reply && idle) done(reply);
  };
}

async function unlessEnded(kernel: Running, type: string): Promise<never> {
  const { code, signal } = await kernel.exited;
  throw new Error(`the kernel ended (code ${code}, signal ${signal}) before it answered ${type}\n${kernel.log()}`);
}
