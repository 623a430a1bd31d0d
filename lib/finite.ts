/** The place of the first number that is NaN or infinite, -1 if there is none; quick where there is none. */
export function firstNotFinite(values: Float32Array | Float64Array): number {
  // Such a number times 0 is NaN. Four sums, as an addition has to wait for the one before.
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += values[i]! * 0;
    b += values[i + 1]! * 0;
    c += values[i + 2]! * 0;
    d += values[i + 3]! * 0;
  }
  const rest = a + b + c + d === 0 ? whole : 0;
  const place = values.subarray(rest).findIndex((value) => !Number.isFinite(value));
  return place < 0 ? -1 : rest + place;
}
