// What every client sees: status, output, results. Small writes are joined, since a front end reads a few large messages
// much faster than thousands of small ones.
import { Slot, type StreamName } from '../threads.js';
import { createOutbox, type Sockets } from './sockets.js';
import type { Message, Wire } from './wire.js';

const JOIN_CHARACTERS = 262_144;
const JOIN_MS = 40;
const LIVE_MS = 100; // after a pause this long a write is sent at once

type State = 'busy' | 'idle';
export type Publisher = ReturnType<typeof createPublisher>;

export function createPublisher(socket: Sockets['iopub'], wire: Wire, shared: Int32Array) {
  const post = createOutbox(socket);
  let state: State = 'idle'; // requests are accepted from the start, they wait for the compiler
  let owner: Message | undefined; // the request that output belongs to
  let quiet = false; // a silent request runs

  function send(type: string, content: string, parent = owner, backlog = 0): void {
    post(wire.encode(type, content, { parent, identity: [`kernel.${type}`] }), () => {
      Atomics.sub(shared, Slot.backlog, backlog);
      Atomics.notify(shared, Slot.backlog);
    });
  }

  const stream = { name: 'stdout' as StreamName, parts: [] as string[], size: 0, last: 0 };
  let timer: NodeJS.Timeout | undefined;
  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (stream.size === 0) return;
    send('stream', JSON.stringify({ name: stream.name, text: stream.parts.join('') }), owner, stream.size);
    Object.assign(stream, { parts: [], size: 0, last: Date.now() });
  }

  function setState(next: State, parent?: Message): void {
    state = next;
    send('status', JSON.stringify({ execution_state: next }), parent);
  }

  return {
    flush,
    setState,
    /** Output from now on belongs to this request. */
    setOwner(request: Message): void {
      flush();
      owner = request;
    },
    /** Output is dropped while a silent request runs. */
    setQuiet(on: boolean): void {
      flush();
      quiet = on;
    },
    /** A message of the kernel itself. */
    send: (type: string, content: object, parent: Message) => send(type, JSON.stringify(content), parent),
    /** A message of the main thread, whose characters count as backlog until they are sent. */
    publish(type: string, content: string): void {
      flush();
      if (quiet) Atomics.sub(shared, Slot.backlog, content.length);
      else send(type, content, owner, content.length);
    },
    write(name: StreamName, text: string): void {
      if (quiet) {
        Atomics.sub(shared, Slot.backlog, text.length);
        return;
      }
      if (name !== stream.name) flush();
      stream.name = name;
      stream.parts.push(text);
      stream.size += text.length;
      if (stream.size > JOIN_CHARACTERS || Date.now() - stream.last > LIVE_MS) flush();
      else timer ??= setTimeout(flush, JOIN_MS);
    },
    /** A client has subscribed: whatever was sent before, it has not seen. */
    welcome(subscription: string): void {
      send('iopub_welcome', JSON.stringify({ subscription }), undefined);
      setState(state);
    },
  };
}
