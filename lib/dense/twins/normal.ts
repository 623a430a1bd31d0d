import { type Arithmetic, atMost } from './arithmetic.js';
import { polynomial } from './polynomial.js';

interface Mills {
  readonly scale: number;
  readonly shift: number;
  readonly terms: readonly number[];
}

const MILLS64: Mills = {
  scale: 5.5,
  shift: 2,
  terms: [
    -5.527310101810672e-9, 1.879026180035663e-9, 6.68107662242719e-8, -4.6094130131637964e-8, -4.969401877695771e-7,
    7.179050384996589e-7, 0.0000028733498778664, -0.000008898627661689118, -0.000007684908682648484,
    0.00008484836739211528, -0.00013677890357196968, -0.00033960357087769495, 0.0024092055801641352,
    -0.006929668920272739, 0.012172005281068468, -0.010420500082424379, -0.013722572866671787, 0.07961313864854436,
    -0.20013837980443974, 0.3688917546325955, -0.5538923693865131, 1.3224223931782704,
  ],
};

const MILLS32: Mills = {
  scale: 2.5,
  shift: 1.5,
  terms: [
    0.00009094262491724684, -0.0000045478179321078215, -0.0006557506986625775, -0.0004187442718190855,
    0.002770879705403277, 0.004343881245085356, -0.011467790127216182, -0.02825008511496402, 0.0846949590825685,
    0.04725465669263131, -0.5154188405131218, 1.4170604290127589,
  ],
};

/** Φ(x) from φ(x) and the quotient (a + shift) Φ(-a) / φ(a), a polynomial in (a - scale) / (a + scale). */
export function normal(arithmetic: Arithmetic): (x: number, density: number) => number {
  const { scale, shift, terms } = arithmetic.precision === 'float64' ? MILLS64 : MILLS32;
  const { plus, minus, times, over } = arithmetic;
  const quotient = polynomial(arithmetic, terms);
  return (x, density) => {
    const a = atMost(Math.abs(x), 1000);
    const tail = over(times(density, quotient(over(minus(a, scale), plus(a, scale)))), plus(a, shift));
    return x < 0 ? tail : minus(1, tail);
  };
}
