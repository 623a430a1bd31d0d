import { atLeast, atMost } from '../../twins/arithmetic.js';
import type { TwinParts } from '../../twins/layers.js';
import { polynomial } from '../../twins/polynomial.js';
import type { ForwardKernels } from '../kernels.js';

const BYTES = 4;
const BOUND = 8;
/** tanh x = x P(x²) / Q(x²), highest power first; as in lib/dense/assembly/training/hyperbolic.ts. */
const P = [1.142838928140272e-5, 0.0029510204497540968, 0.12925659824044894, 0.9999998543895524];
const Q = [2.459200333580567e-7, 0.0002386687081557359, 0.023815540355253198, 0.4625887542014795, 1];

/** The kernels that go forward, number by number. */
export function forwardTwins(parts: TwinParts): ForwardKernels {
  return { gather: gatherTwin(parts), forward: forwardTwin(parts), tanhOver: tanhTwin(parts) };
}

function gatherTwin({ memory }: TwinParts): ForwardKernels['gather'] {
  return (block, records, width, numbers, count, rows) => {
    const m = memory.all();
    const chosen = memory.integers(numbers, count);
    for (let s = 0; s < rows; s++) {
      const record = records / BYTES + width * chosen[Math.min(s, count - 1)]!;
      for (let i = 0; i < width; i++) m[block / BYTES + i * rows + s] = m[record + i]!;
    }
  };
}

function forwardTwin({ memory, arithmetic }: TwinParts): ForwardKernels['forward'] {
  const { timesPlus } = arithmetic;
  return (y, weights, x, outputs, inputs, rows, biased, relu) => {
    const m = memory.all();
    const line = inputs + (biased ? 1 : 0);
    for (let o = 0; o < outputs; o++)
      for (let s = 0; s < rows; s++) {
        const w = weights / BYTES + o * line;
        let sum = biased ? m[w + inputs]! : 0;
        for (let i = 0; i < inputs; i++) sum = timesPlus(m[w + i]!, m[x / BYTES + i * rows + s]!, sum);
        m[y / BYTES + o * rows + s] = relu ? atLeast(sum, 0) : sum;
      }
  };
}

function tanhTwin({ memory, arithmetic }: TwinParts): ForwardKernels['tanhOver'] {
  const { times, over } = arithmetic;
  const p = polynomial(arithmetic, P);
  const q = polynomial(arithmetic, Q);
  return (values, count) => {
    const m = memory.all();
    for (let i = values / BYTES, end = i + count; i < end; i++) {
      const x = atLeast(atMost(m[i]!, BOUND), -BOUND);
      const y = times(x, x);
      m[i] = over(times(x, p(y)), q(y));
    }
  };
}
