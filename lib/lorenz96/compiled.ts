import { instantiate } from '../webassembly.js';
import { lorenz96 as binary } from './binary/lorenz96.js';
import type { Engine } from './engine.js';
import type { CouplingTime } from './options.js';
import { type CompleteParameters, couplingStrength } from './parameters.js';

/** What lib/lorenz96/assembly exports; explained there. */
interface Kernels {
  freeMemory(): number;
  place(address: number, K: number, J: number, strength: number): number;
  configure(dt: number, F: number, minusCb: number, c: number): void;
  advance(steps: number): void;
  couple(): void;
  isFinite(): number;
}

const PAGE = 65536;

/** The engine in WebAssembly, with a memory of its own. */
export function compiledEngine(parameters: CompleteParameters, dt: number, time: CouplingTime): Engine {
  const { K, J, F, b, c } = parameters;
  const { exports: kernels, memory } = instantiate<Kernels>(binary);
  const address = kernels.freeMemory();
  const bytes = kernels.place(address, K, J, couplingStrength(parameters));
  kernels.configure(dt, F, -c * b, c);
  const row = K + (K % 2);
  const length = 4 + (4 + J) * row;
  memory.grow(Math.ceil((address + bytes) / PAGE + (length * 8) / PAGE));
  const numbers = new Float64Array(memory.buffer, address);
  const [X, Y] = [numbers.subarray(2, 2 + K), numbers.subarray(4 + 2 * row, length)];
  const coupling = numbers.subarray(bytes / 8 - row, bytes / 8 - row + K);
  return {
    load(state) {
      X.set(state.X);
      coupling.set(state.coupling);
      for (let j = 0; j < J; j++) for (let k = 0; k < row; k++) Y[j * row + k] = state.Y[(k % K) * J + j]!;
    },
    advance(steps) {
      numbers.copyWithin(bytes / 8, 0, length);
      kernels.advance(steps);
    },
    rewind: () => void numbers.copyWithin(0, bytes / 8, bytes / 8 + length),
    isFinite: () => kernels.isFinite() === 1,
    store(samples, sample) {
      if (time === 'synchronous') kernels.couple();
      samples.X.set(X, sample * K);
      samples.coupling.set(coupling, sample * K);
      const first = sample * K * J;
      for (let k = 0; k < K; k++) for (let j = 0; j < J; j++) samples.Y[first + k * J + j] = Y[j * row + k]!;
    },
  };
}
