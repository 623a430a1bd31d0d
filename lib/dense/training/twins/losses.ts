import { atLeast } from '../../twins/arithmetic.js';
import type { TwinParts } from '../../twins/layers.js';
import type { CrossentropyKernel, LossKernels } from '../kernels.js';
import { slopeTwin } from './backward.js';
import { categoricalTwin } from './categorical.js';
import { addScore } from './score.js';

const BYTES = 4;
const LANES = 4;

/** The losses, number by number; sums run in four lanes, as in the compiled kernels. */
export function lossTwins(parts: TwinParts): LossKernels {
  return {
    squaredErrors: squaredErrorsTwin(parts),
    binaryCrossentropy: binaryTwin(parts),
    categoricalCrossentropy: categoricalTwin(parts),
  };
}

function squaredErrorsTwin({ memory, arithmetic }: TwinParts): LossKernels['squaredErrors'] {
  const { constant, minus, times, timesPlus } = arithmetic;
  const timesSlope = slopeTwin(arithmetic);
  return (score, g, a, y, slopes, slope, scale, outputs, count, rows) => {
    const m = memory.all();
    const sums = new Float64Array(LANES);
    for (let place = 0; place < outputs * rows; place++) {
      const error = place % rows < count ? minus(m[a / BYTES + place]!, m[y / BYTES + place]!) : 0;
      sums[place % LANES] = timesPlus(error, error, sums[place % LANES]!);
      m[g / BYTES + place] = timesSlope(times(error, constant(scale)), slope, m[slopes / BYTES + place]!);
    }
    addScore(memory, score, sums);
  };
}

function binaryTwin({ memory, arithmetic, elementary }: TwinParts): CrossentropyKernel {
  const { constant, plus, minus, times, over } = arithmetic;
  return (score, g, z, y, scale, outputs, count, rows) => {
    const m = memory.all();
    const sums = new Float64Array(LANES);
    let right = 0;
    for (let place = 0; place < outputs * rows; place++) {
      m[g / BYTES + place] = 0;
      if (place % rows >= count) continue;
      const [logit, target] = [m[z / BYTES + place]!, m[y / BYTES + place]!];
      const e = elementary.exp(-Math.abs(logit));
      const probability = over(logit > 0 ? 1 : e, plus(1, e));
      const loss = plus(minus(atLeast(logit, 0), times(logit, target)), elementary.log1p(e));
      sums[place % LANES] = plus(sums[place % LANES]!, loss);
      if (probability > 0.5 === target > 0.5) right += 1;
      m[g / BYTES + place] = times(minus(probability, target), constant(scale));
    }
    addScore(memory, score, sums, right);
  };
}
