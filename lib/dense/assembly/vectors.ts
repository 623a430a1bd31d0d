// Arithmetic on vectors of 16 bytes. `real` is f64 or f32: the build compiles these sources once for each (course/kernels.ts).

/** How many numbers a vector holds. */
export const LANES: i32 = 16 / sizeof<real>();

@inline
export function plus(a: v128, b: v128): v128 {
  return v128.add<real>(a, b);
}

@inline
export function minus(a: v128, b: v128): v128 {
  return v128.sub<real>(a, b);
}

@inline
export function times(a: v128, b: v128): v128 {
  return v128.mul<real>(a, b);
}

@inline
export function over(a: v128, b: v128): v128 {
  return v128.div<real>(a, b);
}

/** a b + c, rounded twice: a fused operation would round differently on different machines. */
@inline
export function timesPlus(a: v128, b: v128, c: v128): v128 {
  return v128.add<real>(v128.mul<real>(a, b), c);
}

/** b < a ? b : a, so that a NaN in a stays. */
@inline
export function atMost(a: v128, b: v128): v128 {
  return v128.pmin<real>(a, b);
}

/** a < b ? b : a, so that a NaN in a stays. */
@inline
export function atLeast(a: v128, b: v128): v128 {
  return v128.pmax<real>(a, b);
}

/** All bits of a lane where a > b, none elsewhere. */
@inline
export function above(a: v128, b: v128): v128 {
  return v128.gt<real>(a, b);
}

@inline
export function below(a: v128, b: v128): v128 {
  return v128.lt<real>(a, b);
}

/** All bits of a lane that is NaN; read as a number they are a NaN. */
@inline
export function isNaN(a: v128): v128 {
  return v128.ne<real>(a, a);
}

/** a where the mask is set, b elsewhere. */
@inline
export function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** a b, but 0 where b is 0: what x e^-x tends to, where x is infinite. */
@inline
export function dampedBy(a: v128, b: v128): v128 {
  return v128.andnot(v128.mul<real>(a, b), v128.eq<real>(b, zero()));
}

@inline
export function zero(): v128 {
  return i64x2.splat(0);
}

@inline
export function constant(value: f64): v128 {
  return sizeof<real>() == 8 ? f64x2.splat(value) : f32x4.splat(<f32>value);
}

/** The number at an address, in every lane. */
@inline
export function splat(address: usize): v128 {
  return sizeof<real>() == 8 ? v128.load64_splat(address) : v128.load32_splat(address);
}

/** A number in every lane. */
@inline
export function splatOf(value: real): v128 {
  return v128.splat<real>(value);
}

/** Numbers that stand `stride` bytes apart, from an address on. */
@inline
export function apart(address: usize, stride: usize): v128 {
  const two = v128.replace_lane<real>(splat(address), 1, load<real>(address + stride));
  if (sizeof<real>() == 8) return two;
  const three = v128.replace_lane<real>(two, 2, load<real>(address + 2 * stride));
  return v128.replace_lane<real>(three, 3, load<real>(address + 3 * stride));
}

/** The sum of the lanes, in their order. */
@inline
export function sumOfLanes(a: v128): real {
  const two = v128.extract_lane<real>(a, 0) + v128.extract_lane<real>(a, 1);
  if (sizeof<real>() == 8) return two;
  return two + v128.extract_lane<real>(a, 2) + v128.extract_lane<real>(a, 3);
}

/** Four vectors, one behind the other. */
@inline
export function storeFour(address: usize, a0: v128, a1: v128, a2: v128, a3: v128): void {
  v128.store(address, a0);
  v128.store(address, a1, 16);
  v128.store(address, a2, 32);
  v128.store(address, a3, 48);
}

@inline
export function signBit(): v128 {
  return constant(-0.0);
}

/** -|a|. */
@inline
export function minusMagnitude(a: v128): v128 {
  return v128.or(a, signBit());
}

@inline
export function magnitude(a: v128): v128 {
  return v128.andnot(a, signBit());
}

/** a with the sign of b put on; a is not negative. */
@inline
export function withSignOf(a: v128, b: v128): v128 {
  return v128.or(a, v128.and(b, signBit()));
}

/** The address of the number with this index, counted from an address. */
@inline
export function at(address: usize, index: i32): usize {
  return address + <usize>index * sizeof<real>();
}
