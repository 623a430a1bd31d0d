// The front end's ends of the five sockets.
import { Dealer, Request, Subscriber } from 'zeromq';
import type { Channel, Connection } from './connection.js';
import { decode, encode, type Message } from './wire.js';

/** Hears every message of the kernel. */
export type Listener = (channel: Channel, message: Message) => void;

/** Connected sockets. */
export interface Sockets {
  send(channel: 'shell' | 'control', message: Message): void;
  /** Sends frames as they are, for tests of broken messages. */
  sendFrames(channel: 'shell' | 'control', frames: readonly string[]): void;
  /** Asks the heartbeat socket, once. */
  beat(): Promise<void>;
  close(): void;
}

/** Connects to all sockets of a kernel; it need not listen yet. */
export function connect(connection: Connection, listener: Listener): Sockets {
  const options = { linger: 0, reconnectInterval: 20 };
  const shell = new Dealer(options);
  const control = new Dealer(options);
  const iopub = new Subscriber({ ...options, receiveHighWaterMark: 0 });
  const heartbeat = new Request(options);
  iopub.subscribe();
  const sockets = { shell, control, iopub, hb: heartbeat };
  for (const [channel, socket] of Object.entries(sockets)) socket.connect(connection.address(channel as Channel));
  for (const channel of ['shell', 'control', 'iopub'] as const) {
    void (async () => {
      for await (const frames of sockets[channel]) listener(channel, decode(frames, connection.key));
    })();
  }
  const queues = { shell: Promise.resolve(), control: Promise.resolve() };
  const sendFrames: Sockets['sendFrames'] = (channel, frames) => {
    queues[channel] = queues[channel].then(() => sockets[channel].send([...frames]));
  };
  return {
    send: (channel, message) => sendFrames(channel, encode(message, connection.key)),
    sendFrames,
    beat: async () => {
      await heartbeat.send('ping');
      await heartbeat.receive();
    },
    close: () => {
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}
