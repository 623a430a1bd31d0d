import { instantiate, type LinearMemory } from '../webassembly.js';
import { lorenz96 as binary } from './binary/lorenz96.js';
import type { Engine, Samples } from './engine.js';
import type { CouplingTime } from './options.js';
import { type CompleteParameters, couplingStrength } from './parameters.js';

/** What lib/lorenz96/assembly exports; explained there. */
interface Kernels {
  freeMemory(): number;
  place(address: number, K: number, J: number, strength: number): number;
  configure(dt: number, F: number, minusCb: number, c: number): void;
  loadRow(): void;
  storeRow(): void;
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

/** The engine in WebAssembly, with a memory that no other run uses meanwhile. */
export function compiledEngine(parameters: CompleteParameters, dt: number, time: CouplingTime): Engine {
  const instance = idle.pop() ?? instantiate<Kernels>(binary);
  const kernels = instance.exports;
  const row = rowIn(instance, parameters);
  const { K, J } = parameters;
  kernels.configure(dt, parameters.F, -parameters.c * parameters.b, parameters.c);
  // Whether the row holds the state that the next steps begin with.
  let kept = true;
  return {
    load(state) {
      for (const name of ['X', 'Y', 'coupling'] as const) row[name].set(state[name]);
      kernels.loadRow();
      kept = true;
    },
    advance(steps) {
      if (!kept) kernels.storeRow();
      kernels.advance(steps);
      kept = false;
    },
    rewind: () => kernels.loadRow(),
    isFinite: () => kernels.isFinite() === 1,
    store(samples, sample) {
      kernels.storeRow();
      if (time === 'synchronous') kernels.couple();
      samples.X.set(row.X, sample * K);
      samples.Y.set(row.Y, sample * K * J);
      samples.coupling.set(row.coupling, sample * K);
      kept = true;
    },
    release() {
      if (instance.memory.buffer.byteLength <= KEPT) idle.push(instance);
    },
  };
}

/** One sample as it stands in the memory, where the present state is given and taken. */
function rowIn({ exports: kernels, memory }: Instance, parameters: CompleteParameters): Samples {
  const { K, J } = parameters;
  const address = kernels.freeMemory();
  const row = kernels.place(address, K, J, couplingStrength(parameters));
  const end = row + (K * (2 + J) + 1) * 8;
  if (end > memory.buffer.byteLength) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
  // Where nothing is written, as in a system of one scale, the kernels need zeros.
  new Uint8Array(memory.buffer, address, end - address).fill(0);
  const numbers = (from: number, count: number) => new Float64Array(memory.buffer, row + from * 8, count);
  return { X: numbers(0, K), Y: numbers(K, K * J), coupling: numbers(K + K * J, K) };
}
