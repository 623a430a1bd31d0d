import type { HandDownKernels } from '../engine/kernels.js';
import type { TwinParts } from './layers.js';

/** The kernels of lib/dense/assembly/hand-down.ts. */
export function handDownTwins(parts: TwinParts): HandDownKernels {
  return { handDown: handDownTwin(parts), handDownOwn: ownTwin(parts), unpadded: unpaddedTwin(parts) };
}

function handDownTwin({ memory, arithmetic }: TwinParts): HandDownKernels['handDown'] {
  const { size } = memory;
  return (out, relevance, messages, lists, count, targets, units, above, line) => {
    const m = memory.all();
    const [up, width] = [above / size, line / size];
    for (let s = 0; s < count; s++) {
      const [listed = 0, ...places] = memory.integers(lists + 4 * s * (units + 1), units + 1);
      const message = messages / size + s * units * width;
      for (let n = 0; n < targets * width; n++) {
        const row = relevance / size + (s * targets + Math.floor(n / width)) * up;
        let sum = 0;
        for (const k of places.slice(0, listed))
          sum = arithmetic.timesPlus(m[row + k]!, m[message + k * width + (n % width)]!, sum);
        m[out / size + s * targets * width + n] = sum;
      }
    }
  };
}

function ownTwin({ memory, arithmetic }: TwinParts): HandDownKernels['handDownOwn'] {
  const { size } = memory;
  return (out, values, messages, count, units, above, line) => {
    const m = memory.all();
    const width = line / size;
    for (let n = 0; n < count * units * width; n++) {
      const unit = Math.floor(n / width);
      const f = m[(values + Math.floor(unit / units) * above) / size + (unit % units)]!;
      m[out / size + n] = f === 0 ? 0 : arithmetic.timesPlus(f, m[messages / size + n]!, 0);
    }
  };
}

function unpaddedTwin({ memory }: TwinParts): HandDownKernels['unpadded'] {
  const { size } = memory;
  return (to, from, lines, width, line) => {
    const m = memory.all();
    for (let n = 0; n < lines * width; n++)
      m[to / size + n] = m[(from + Math.floor(n / width) * line) / size + (n % width)]!;
  };
}
