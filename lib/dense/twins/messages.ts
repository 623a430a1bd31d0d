import type { MessageKernels } from '../engine/kernels.js';
import { atLeast, atMost } from './arithmetic.js';
import type { TwinParts } from './layers.js';

/** The kernels of lib/dense/assembly/messages.ts. */
export function messageTwins(parts: TwinParts): MessageKernels {
  return { listUnits: listTwin(parts), addMessages: messagesTwin(parts) };
}

function listTwin({ memory }: TwinParts): MessageKernels['listUnits'] {
  const { size } = memory;
  return (lists, messages, relevance, count, targets, units, above, line) => {
    const m = memory.all();
    const written = memory.integers(lists, count * (units + 1));
    const [up, width] = [above / size, line / size];
    for (let s = 0; s < count; s++) {
      const row = relevance / size + s * targets * up;
      const isListed = (k: number): boolean =>
        Array.from({ length: targets }, (_, t) => m[row + t * up + k]).some(other0);
      const listed = Array.from({ length: units }, (_, k) => k).filter(isListed);
      written.set([listed.length, ...listed], s * (units + 1));
      for (const k of listed)
        m.fill(0, messages / size + (s * units + k) * width, messages / size + (s * units + k + 1) * width);
    }
  };
}

function other0(value: number | undefined): boolean {
  return value !== 0;
}

function messagesTwin(parts: TwinParts): MessageKernels['addMessages'] {
  const { memory, arithmetic } = parts;
  const { constant, plus, over, timesPlus } = arithmetic;
  const { size } = memory;
  return (...args) => {
    const [messages, lists, activations, z, side, weights, bounds, biases, given, stabiliser, spread, room] = args;
    const [terms, count, units, above, line] = args.slice(12) as [number, number, number, number, number];
    const m = memory.all();
    const width = line / size;
    for (let s = 0; s < count; s++) {
      const [listed = 0, ...places] = memory.integers(lists + 4 * s * (units + 1), units + 1);
      hold(parts, { room, from: activations + s * line, bounds, terms, width });
      for (const k of places.slice(0, listed)) {
        if (side !== 0 && side < 0 !== m[(z + s * above) / size + k]! < 0) continue;
        const bias = m[biases / size + k]!;
        const sums = contribute(parts, { room, weights: weights + k * line, apart: units * width, terms, width });
        const d = plus(bias, sums.reduce(plus));
        const moved = constant(d < 0 ? -stabiliser : stabiliser);
        const divisor = plus(d, moved);
        if (divisor === 0) continue;
        const even = spread ? over(plus(bias, moved), spread) : 0;
        const factor = over(constant(given), divisor);
        const [to, q] = [messages / size + (s * units + k) * width, room / size + terms * width];
        for (let j = 0; j < width; j++) m[to + j] = timesPlus(factor, plus(m[q + j]!, even), m[to + j]!);
      }
    }
  };
}

interface Held {
  readonly room: number;
  readonly terms: number;
  readonly width: number;
}

// u_t(a), a line for each term.
function hold(
  { memory }: TwinParts,
  { room, from, bounds, terms, width }: Held & { from: number; bounds: number },
): void {
  const m = memory.all();
  const { size } = memory;
  for (let n = 0; n < terms * width; n++) {
    const low = bounds / size + 2 * (n - (n % width)) + (n % width);
    m[room / size + n] = atMost(atLeast(m[from / size + (n % width)]!, m[low]!), m[low + width]!);
  }
}

// q behind what is held; returns the sum of each lane, of four vectors at a time.
function contribute(
  { memory, arithmetic }: TwinParts,
  { room, weights, apart, terms, width }: Held & { weights: number; apart: number },
): number[] {
  const { plus, timesPlus } = arithmetic;
  const m = memory.all();
  const { size } = memory;
  const lanes = 16 / size;
  const sums = new Array<number>(64 / size).fill(0);
  for (let j = 0; j < width; j++) {
    let q = 0;
    for (let t = 0; t < terms; t++)
      q = timesPlus(m[weights / size + t * apart + j]!, m[room / size + t * width + j]!, q);
    m[room / size + terms * width + j] = q;
    sums[j % sums.length] = plus(sums[j % sums.length]!, q);
  }
  return Array.from({ length: lanes }, (_, lane) => {
    const [a, b, c, d] = [0, 1, 2, 3].map((vector) => sums[vector * lanes + lane]!);
    return plus(plus(a!, b!), plus(c!, d!));
  });
}
