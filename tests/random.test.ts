import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { numpyRandom } from '../lib/random.js';
import reference from './vectors/numpy-random.json' with { type: 'json' };

const digest = (values: NodeJS.TypedArray): string => createHash('sha256').update(values).digest('hex');

describe('numpyRandom', () => {
  for (const numpy of reference.streams) {
    describe(`with seed ${numpy.seed}, against ${reference.source}`, () => {
      const random = () => numpyRandom(numpy.seed);

      it('draws the same uniform numbers', () => {
        assert.deepEqual([...random().uniform(0, 1, 5)], numpy.uniform);
        assert.deepEqual([...random().uniform(-2, 5, 5)], numpy['uniform between -2 and 5']);
        assert.equal(digest(random().uniform(0, 1, 100_000)), numpy['100000 uniform']);
      });

      it('draws the same Gaussian numbers', () => {
        assert.deepEqual([...random().normal(0, 1, 5)], numpy.normal);
        assert.deepEqual([...random().normal(1.5, 0.25, 5)], numpy['normal with mean 1.5 and deviation 0.25']);
        assert.equal(digest(random().normal(0, 1, 200_000)), numpy['200000 normal']);
      });

      it('draws the same whole numbers', () => {
        assert.deepEqual([...random().integers(0, 1, 3)], numpy['integers below 1']);
        assert.deepEqual([...random().integers(-3, 4, 12)], numpy['integers between -3 and 4']);
        assert.deepEqual([...random().integers(0, 2 ** 16, 5)], numpy['integers of 16 bits']);
        assert.deepEqual([...random().integers(0, 2 ** 32, 5)], numpy['integers of 32 bits']);
        assert.deepEqual([...random().integers(0, 2 ** 32 + 1, 5)], numpy['integers of 33 bits']);
        assert.deepEqual([...random().integers(-(2 ** 52), 2 ** 52 - 1, 5)], numpy['integers of 53 bits']);
      });

      it('puts values into the same order', () => {
        const values = Float64Array.from({ length: 20 }, (_, i) => 100 + i);
        random().shuffle(values);
        assert.deepEqual([...values], numpy['shuffle of 100 to 119']);
        assert.deepEqual([...random().permutation(12)], numpy['permutation of 12']);
        assert.equal(digest(random().permutation(40_000)), numpy['permutation of 40000']);
      });

      it('goes on in the same stream, whatever is drawn', () => {
        const r = random();
        const drawn = [r.normal(), r.uniform(), r.integers(0, 1000), r.normal(), r.normal()];
        assert.deepEqual([...drawn, [...r.permutation(3)], r.normal(), r.uniform(1, 2)], numpy.mixed);
      });
    });
  }

  it('draws one by one what it draws at once', () => {
    const one = numpyRandom(3);
    const all = numpyRandom(3);
    const oneByOne = Array.from({ length: 701 }, () => [one.normal(), one.uniform(-1, 1), one.integers(-5, 5)]);
    assert.deepEqual(
      oneByOne,
      Array.from({ length: 701 }, () => [all.normal(0, 1, 1)[0], all.uniform(-1, 1, 1)[0], all.integers(-5, 5, 1)[0]]),
    );
  });

  it('orders arrays and typed arrays alike, and leaves the original of a permutation alone', () => {
    const letters = ['a', 'b', 'c', 'd', 'e'];
    const numbers = Float32Array.of(0, 1, 2, 3, 4);
    const order = [...numpyRandom(5).permutation(5)];
    assert.deepEqual(
      numpyRandom(5).permutation(letters),
      order.map((i) => letters[i]),
    );
    assert.deepEqual(numpyRandom(5).permutation(numbers), Float32Array.from(order));
    assert.deepEqual(letters, ['a', 'b', 'c', 'd', 'e']);
    numpyRandom(5).shuffle(letters);
    assert.deepEqual(
      letters,
      order.map((i) => 'abcde'[i]),
    );
  });

  it('has nothing to draw for size 0 and the empty permutation', () => {
    const random = numpyRandom(1);
    assert.deepEqual(random.normal(0, 1, 0), new Float64Array(0));
    assert.deepEqual(random.permutation(0), new Int32Array(0));
    random.shuffle([]);
    assert.equal(random.uniform(), numpyRandom(1).uniform());
  });

  it('refuses what is not a seed', () => {
    for (const seed of [-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY])
      assert.throws(() => numpyRandom(seed), {
        name: 'RangeError',
        message: `numpyRandom needs a whole seed, 0 to 4294967295, got ${seed}`,
      });
  });

  it('refuses limits and sizes without meaning, by name and value', () => {
    const random = numpyRandom(1);
    const refused: [() => unknown, RegExp][] = [
      [() => random.uniform(1, 0), /^uniform needs finite numbers low <= high, got \[1, 0\]$/],
      [() => random.uniform(0, Number.NaN), /^uniform needs .*, got \[0, NaN\]$/],
      [() => random.uniform(-1.7e308, 1.7e308), /^uniform needs/],
      [() => random.uniform(0, 1, -1), /^uniform needs a whole size of at least 0, got -1$/],
      [() => random.normal(Number.NaN), /^normal needs a finite mean, got NaN$/],
      [() => random.normal(0, -1), /^normal needs a finite deviation of at least 0, got -1$/],
      [() => random.normal(0, 1, 1.5), /^normal needs a whole size of at least 0, got 1.5$/],
      [() => random.integers(3, 3), /^integers needs safe integers low < high, less than 2\^53 apart, got \[3, 3\]$/],
      [() => random.integers(0, 1.5), /^integers needs .*, got \[0, 1.5\]$/],
      [() => random.integers(-(2 ** 53) + 1, 2 ** 53 - 1), /^integers needs/],
      [() => random.permutation(-1), /^permutation needs a whole number, 0 to 2147483647, or values, got -1$/],
    ];
    for (const [call, message] of refused) assert.throws(call, { name: 'RangeError', message });
  });
});
