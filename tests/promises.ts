import assert from 'node:assert/strict';

interface ArrayLikeTensor {
  arraySync(): unknown;
}

function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (typeof (value as ArrayLikeTensor | undefined)?.arraySync === 'function')
    return (value as ArrayLikeTensor).arraySync();
  return value;
}

/** Demands that a documented expression is exactly what the comment behind it says. */
export function checkEqual(actual: unknown, promised: unknown): void {
  assert.deepEqual(plain(actual), promised);
}

/** Demands that a documented expression has the digits that the comment behind it shows. */
export function checkClose(actual: unknown, promised: unknown, shown: string): void {
  const digits = Math.max(0, ...[...shown.matchAll(/\.(\d+)/g)].map((match) => match[1]!.length));
  compare(plain(actual), promised, 10 ** -digits);
}

function compare(actual: unknown, promised: unknown, unit: number): void {
  if (Array.isArray(promised)) {
    assert.ok(
      Array.isArray(actual) && actual.length === promised.length,
      `${JSON.stringify(actual)} is not like ${JSON.stringify(promised)}`,
    );
    promised.forEach((value, index) => compare(actual[index], value, unit));
  } else {
    assert.ok(Math.abs((actual as number) - (promised as number)) <= unit, `${actual} is not ≈ ${promised}`);
  }
}
