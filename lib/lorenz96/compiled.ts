import { instantiate, type LinearMemory } from '../webassembly.js';
import { lorenz96 as binary } from './binary/lorenz96.js';
import type { Engine, Samples } from './engine.js';
import type { CouplingTime } from './options.js';
import { type CompleteParameters, couplingStrength } from './parameters.js';
import type { CompleteState } from './state.js';

/** What lib/lorenz96/assembly exports; explained there. */
interface Kernels {
  freeMemory(): number;
  place(address: number, K: number, J: number, strength: number): number;
  configure(dt: number, F: number, minusCb: number, c: number): void;
  advance(steps: number): void;
  couple(): void;
  isFinite(): number;
}

interface Instance {
  readonly exports: Kernels;
  readonly memory: LinearMemory;
}

const PAGE = 65536;
/** Bytes of memory up to which an instance is kept for the next run. */
const KEPT = 64 * PAGE;

// Every memory reserves gigabytes of addresses: runs that follow each other use the same one.
const idle: Instance[] = [];

/** The numbers of a run in the memory of its instance. */
interface Room {
  readonly K: number;
  readonly J: number;
  /** Columns of a row of Y: K, and one more if K is odd, which repeats the first. */
  readonly columns: number;
  readonly X: Float64Array;
  /** Y[k][j] stands at j columns + k. */
  readonly Y: Float64Array;
  readonly coupling: Float64Array;
  /** The whole state, and room for another one. */
  readonly state: Float64Array;
  readonly kept: Float64Array;
}

/** The engine in WebAssembly, with a memory that no other run uses meanwhile. */
export function compiledEngine(parameters: CompleteParameters, dt: number, time: CouplingTime): Engine {
  const instance = idle.pop() ?? instantiate<Kernels>(binary);
  const kernels = instance.exports;
  const room = roomIn(instance, parameters);
  kernels.configure(dt, parameters.F, -parameters.c * parameters.b, parameters.c);
  return {
    load: (state) => loadInto(room, state),
    advance(steps) {
      room.kept.set(room.state);
      kernels.advance(steps);
    },
    rewind: () => room.state.set(room.kept),
    isFinite: () => kernels.isFinite() === 1,
    store(samples, sample) {
      if (time === 'synchronous') kernels.couple();
      storeFrom(room, samples, sample);
    },
    release() {
      if (instance.memory.buffer.byteLength <= KEPT) idle.push(instance);
    },
  };
}

function roomIn({ exports: kernels, memory }: Instance, parameters: CompleteParameters): Room {
  const { K, J } = parameters;
  const address = kernels.freeMemory();
  const end = kernels.place(address, K, J, couplingStrength(parameters)) / 8;
  const columns = K + (K % 2);
  const size = 4 + (4 + J) * columns;
  const missing = address + (end + size) * 8 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  const numbers = new Float64Array(memory.buffer, address, end + size).fill(0);
  return {
    K,
    J,
    columns,
    X: numbers.subarray(2, 2 + K),
    Y: numbers.subarray(4 + 2 * columns, 4 + (2 + J) * columns),
    coupling: numbers.subarray(end - columns, end - columns + K),
    state: numbers.subarray(0, size),
    kept: numbers.subarray(end),
  };
}

function loadInto({ K, J, columns, X, Y, coupling }: Room, state: CompleteState): void {
  X.set(state.X);
  coupling.set(state.coupling);
  for (let j = 0; j < J; j++) for (let k = 0; k < columns; k++) Y[j * columns + k] = state.Y[(k % K) * J + j]!;
}

function storeFrom({ K, J, columns, X, Y, coupling }: Room, samples: Samples, sample: number): void {
  samples.X.set(X, sample * K);
  samples.coupling.set(coupling, sample * K);
  const first = sample * K * J;
  for (let k = 0; k < K; k++) for (let j = 0; j < J; j++) samples.Y[first + k * J + j] = Y[j * columns + k]!;
}
