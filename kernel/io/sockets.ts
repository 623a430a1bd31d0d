// The five sockets of a Jupyter kernel.
import * as zmq from 'zeromq';
import { address, type Channel, type Connection } from './connection.js';
import type { Frames } from './wire.js';

export type Sockets = ReturnType<typeof createSockets>;

export function createSockets() {
  const sockets = {
    shell: new zmq.Router(),
    control: new zmq.Router(),
    stdin: new zmq.Router(),
    hb: new zmq.Reply(),
    iopub: new zmq.XPublisher(),
  };
  sockets.iopub.sendHighWaterMark = 0; // above the mark a publisher silently drops messages
  sockets.iopub.verbosity = 'allSubs'; // every client is welcomed, not only the first
  for (const socket of Object.values(sockets)) socket.linger = 500;
  return sockets;
}

/** @throws Error that names the address which is not to be had; the sockets are at rest then. */
export async function bind(sockets: Sockets, connection: Connection): Promise<void> {
  const bound = (Object.keys(sockets) as Channel[]).map(async (channel) => {
    const at = address(connection, channel);
    await sockets[channel].bind(at).catch((error: NodeJS.ErrnoException) => {
      throw new Error(`the address ${at} of the connection file cannot be used: ${error.message} (${error.code})`);
    });
  });
  const failed = (await Promise.allSettled(bound)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

export function close(sockets: Sockets): void {
  for (const socket of Object.values(sockets)) socket.close();
}

/** Hands every message of a socket to `take`. A message that makes it fail is reported and costs nothing else. */
export async function listen(
  socket: AsyncIterable<Buffer[]>,
  take: (frames: Buffer[]) => void | Promise<void>,
): Promise<void> {
  for await (const frames of socket) {
    try {
      await take(frames);
    } catch (error) {
      console.error('TypeScript kernel: a message was ignored:', error);
    }
  }
}

/** Sends frames one after the other: zeromq.js rejects overlapping sends on a socket. */
export function createOutbox(socket: { send(frames: Frames): Promise<void> }) {
  const waiting: { frames: Frames; sent: () => void }[] = [];
  let sending = false;

  async function drain(): Promise<void> {
    sending = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await socket.send(next.frames).catch(() => {}); // a client that has gone
      next.sent();
    }
    sending = false;
  }

  return (frames: Frames, sent: () => void = () => {}): void => {
    waiting.push({ frames, sent });
    if (!sending) void drain();
  };
}
