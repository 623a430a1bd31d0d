import { exp } from './exponential';
import { at, atMost, below, choose, constant, magnitude, minus, over, plus, splat, times, timesPlus, zero } from './vectors';

// (a + shift) Φ(-a) / φ(a) as a polynomial in (a - scale) / (a + scale), a ≥ 0: own Chebyshev fit, highest power first.
const SCALE: f64 = sizeof<real>() == 8 ? 5.5 : 2.5;
const SHIFT: f64 = sizeof<real>() == 8 ? 2 : 1.5;
const TERMS: i32 = sizeof<real>() == 8 ? 22 : 12;
const MILLS = sizeof<real>() == 8
  ? memory.data<f64>([
      -5.527310101810671909e-9, 1.8790261800356627648e-9, 6.6810766224271904986e-8, -4.6094130131637961394e-8,
      -4.9694018776957708735e-7, 7.1790503849965891949e-7, 2.8733498778664000929e-6, -8.8986276616891182308e-6,
      -7.6849086826484843301e-6, 0.000084848367392115282775, -0.00013677890357196969273, -0.00033960357087769496668,
      0.0024092055801641352557, -0.006929668920272738832, 0.01217200528106846909, -0.010420500082424378194,
      -0.013722572866671787863, 0.079613138648544353091, -0.20013837980443974981, 0.36889175463259547254,
      -0.55389236938651311085, 1.3224223931782702755,
    ])
  : memory.data<f32>([
      0.000090942624917246833971, -4.5478179321078214746e-6, -0.00065575069866257755451, -0.00041874427181908550489,
      0.0027708797054032771271, 0.0043438812450853557727, -0.011467790127216181947, -0.028250085114964018916,
      0.084694959082568499891, 0.04725465669263131378, -0.51541884051312177455, 1.4170604290127588443,
    ]);

/** The density of the standard normal distribution, e^(-x²/2) / √(2π). */
@inline
export function normalDensity(x: v128): v128 {
  return times(exp(times(times(x, x), constant(-0.5))), constant(0.39894228040143267794));
}

/** Its distribution function Φ(x), exact in the lower tail; `density` is that of x. */
@inline
export function normalDistribution(x: v128, density: v128): v128 {
  const a = atMost(magnitude(x), constant(1000)), t = over(minus(a, constant(SCALE)), plus(a, constant(SCALE)));
  let p = splat(MILLS);
  for (let i = 1; i < TERMS; i++) p = timesPlus(p, t, splat(at(MILLS, i)));
  const tail = over(times(density, p), plus(a, constant(SHIFT)));
  return choose(below(x, zero()), tail, minus(constant(1), tail));
}
