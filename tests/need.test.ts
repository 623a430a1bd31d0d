import assert from 'node:assert/strict';
import { need } from '../lib/need.js';

describe('need', () => {
  it('says what is needed and what was given instead', () => {
    const given: [unknown, string][] = [
      ['', "''"],
      [-0, '-0'],
      [undefined, 'undefined'],
      [[1, 'a', [null]], "[1, 'a', [null]]"],
      [{}, '[object Object]'],
      [new Float32Array(2), '[object Float32Array]'],
      [Math.max, 'function max'],
      [{ words: 'three of them' }, 'three of them'],
    ];
    for (const [value, shown] of given)
      assert.throws(() => need(false, 'f needs a number', value), {
        name: 'RangeError',
        message: `f needs a number, got ${shown}`,
      });
  });

  it('throws the kind of error asked for, and nothing if all is well', () => {
    assert.throws(() => need(false, 'f needs x', 1, TypeError), TypeError);
    need(true, 'f needs x', 1);
  });
});
