// What the two threads agree on. The I/O thread owns every socket; the main thread compiles and runs the cells.

import type { Connection } from './io/connection.js';

/** A JSON object whose contents are not known in advance. */
export type Json = Record<string, unknown>;

/** Slots of the Int32Array that both threads see. */
export const Slot = {
  /** What the main thread is doing, one of {@link Phase}. */
  phase: 0,
  /** Number of the last interrupt that the main thread has noticed. */
  interruptSeen: 1,
  /** Characters of output that are not yet given to a socket. */
  backlog: 2,
} as const;

/** What the main thread is doing. Only work that is not `compiling` may be cut short. */
export const Phase = { idle: 0, running: 1, compiling: 2 } as const;

/** Main thread to I/O thread. Contents travel as JSON text, so that what cannot be sent fails in the cell that shows it. */
export type FromMain =
  | { readonly kind: 'ready' }
  | { readonly kind: 'publish'; readonly type: string; readonly content: string }
  | { readonly kind: 'stream'; readonly name: StreamName; readonly text: string }
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly ok: boolean;
      readonly content: string;
      readonly shown?: string;
    };

/** I/O thread to main thread. */
export type ToMain =
  | ({ readonly kind: 'request' } & Request)
  | { readonly kind: 'interrupt'; readonly number: number }
  | { readonly kind: 'exit'; readonly code: number };

/** A shell request that needs the compiler. `count` is the number of the cell, `cell` its name in messages. */
export interface Request {
  readonly id: number;
  readonly type: string;
  readonly content: Json;
  readonly count: number;
  readonly cell: string;
}

export type StreamName = 'stdout' | 'stderr';

/** What the I/O thread gets at its start. */
export interface IoData {
  readonly connection: Connection;
  readonly shared: Int32Array;
  readonly typescript: string;
}
