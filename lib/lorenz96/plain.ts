import { rk4 } from '../ode.js';
import type { Engine } from './engine.js';
import type { CouplingTime } from './options.js';
import type { CompleteParameters } from './parameters.js';
import { couplingAt, tendencyAt } from './tendency.js';

/** The engine without WebAssembly: the equations as they are documented. */
export function plainEngine(parameters: CompleteParameters, dt: number, time: CouplingTime): Engine {
  const { K, J } = parameters;
  const tendency = (x: Float64Array): Float64Array => tendencyAt(parameters, x);
  let x: Float64Array = new Float64Array(K * (1 + J));
  let lagged: Float64Array = new Float64Array(K);
  let before = { x, lagged };
  return {
    load({ X, Y, coupling }) {
      x = Float64Array.of(...X, ...Y);
      lagged = coupling;
    },
    advance(steps) {
      before = { x, lagged };
      for (let step = 1; step <= steps; step++) {
        if (step === steps) lagged = couplingAt(parameters, x);
        x = rk4(tendency, x, dt);
      }
    },
    rewind() {
      ({ x, lagged } = before);
    },
    isFinite: () => x.every(Number.isFinite),
    store({ X, Y, coupling }, row) {
      X.set(x.subarray(0, K), row * K);
      Y.set(x.subarray(K), row * K * J);
      coupling.set(time === 'lagged' ? lagged : couplingAt(parameters, x), row * K);
    },
    release: () => undefined,
  };
}
