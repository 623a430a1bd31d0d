import assert from 'node:assert/strict';
import { type Emission, earned, emissions, judge, withheld } from '../../../course/grading/judge.js';
import { PROBE_TYPE } from '../../../course/grading/probe.js';
import { createCodeCell, type Notebook, notebookOf } from '../../../course/notebook.js';

const one = (got: Partial<Emission>, wanted: Partial<Emission>) =>
  judge([{ property: 'it', ...got }], [{ property: 'it', ...wanted }])[0]!;

/** A notebook that has shown these bundles. */
function having(...bundles: readonly Readonly<Record<string, unknown>>[]): Notebook {
  const outputs = bundles.map((data) => ({ output_type: 'display_data', data, metadata: {} }) as const);
  return notebookOf([{ ...createCodeCell('probe-1', ''), outputs }]);
}

describe('judge', () => {
  it('takes a number within absolute + relative · |wanted| and no other', () => {
    const tolerance = { absolute: 0.1, relative: 0.01 };
    for (const [value, holds] of [
      [101.1, true],
      [98.9, true],
      [101.11, false],
      [98.89, false],
    ] as const)
      assert.equal(one({ value }, { value: 100, tolerance }).holds, holds, String(value));
  });

  it('refuses what is not finite, even where all else is', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) assert.equal(one({ value }, { value: 1 }).holds, false);
    assert.equal(one({ value: [1, Number.NaN] }, { value: [1, 2] }).holds, false);
  });

  it('refuses another shape with the same numbers', () => {
    assert.equal(one({ value: [1] }, { value: 1 }).holds, false);
    assert.equal(one({ value: [[1, 2]] }, { value: [1, 2] }).holds, false);
    assert.equal(one({ value: [1, 2, 3] }, { value: [1, 2] }).holds, false);
  });

  it('goes by the tolerance of the reference, not by that of the answer', () => {
    const tolerance = { absolute: 100, relative: 0 };
    assert.equal(one({ value: 5, tolerance }, { value: 1 }).holds, false);
  });

  it('refuses a property that was sent twice, or not at all', () => {
    const wanted = [{ property: 'it', value: 1 }];
    assert.deepEqual(judge([...wanted, ...wanted], wanted), [
      { property: 'it', holds: false, got: 'more than one value' },
    ]);
    assert.deepEqual(judge([], wanted), [{ property: 'it', holds: false, got: 'no value' }]);
  });

  it('does not repeat text in the place of numbers, nor the message of an error, to a student', () => {
    assert.equal(one({ value: 'the input was 7.25' }, { value: 1 }).got, 'something of another kind');
    assert.equal(one({ value: [1, 'x'] }, { value: [1, 2] }).got, 'something of another kind');
    assert.deepEqual(one({ failure: 'RangeError: 7.25' }, { value: 1 }), {
      property: 'it',
      holds: false,
      got: 'an error (RangeError)',
      failure: 'RangeError: 7.25',
    });
    for (const failure of ['all my secrets', 'x7_25: ', 'RangeError7: '])
      assert.equal(one({ failure }, { value: 1 }).got, 'an error (Error)');
    assert.ok(one({ failure: 'x'.repeat(1e6) }, { value: 1 }).failure!.length < 2000);
  });
});

describe('a value that is made to keep the judge busy', () => {
  const of = (value: string) => {
    const sent = { [PROBE_TYPE]: JSON.stringify({ nonce: 'n', property: 'it', value }) };
    return judge(emissions(having(sent), 'n').sent, [{ property: 'it', value: [1] }])[0]!;
  };

  it('is none if it is very large: honest ones are not', () => {
    assert.deepEqual(of(`[${'[],'.repeat(400_000)}[]]`), {
      property: 'it',
      holds: false,
      got: 'an error (RangeError)',
      failure: 'RangeError: it is too large',
    });
    assert.equal(of(`[${'0.123456789012345,'.repeat(50_000)}1]`).got.slice(0, 8), '[0.12346');
  });

  it('is none if it is nested deeply, and is told shortly', () => {
    for (const depth of [100, 2200, 100_000])
      assert.equal(of('['.repeat(depth) + ']'.repeat(depth)).got, 'an error (Error)');
    const six = (depth: number): unknown => (depth === 0 ? 1 : new Array(6).fill(six(depth - 1)));
    assert.ok(of(JSON.stringify(six(6))).got.length <= 1000);
  });
});

describe('withheld', () => {
  it('leaves what holds, and shows nothing of what does not', () => {
    const right = { property: 'a', holds: true, got: '1' };
    const wrong = { property: 'b', holds: false, got: '[102, 117, 110]', failure: 'Error: return x / 2' };
    assert.deepEqual(withheld([right, wrong]), [right, { property: 'b', holds: false, got: 'something else' }]);
  });
});

describe('earned', () => {
  const held = (...holds: readonly boolean[]) => holds.map((each) => ({ property: '', holds: each, got: '' }));

  it('gives each property the same share of the points, in hundredths', () => {
    assert.equal(earned(2, held(true, false, false)), 0.67);
    assert.equal(earned(3, held(true, true)), 3);
    assert.equal(earned(3, held(false)), 0);
  });
  it('gives nothing where nothing was asked', () => {
    assert.equal(earned(3, []), 0);
  });
});

describe('emissions', () => {
  const sent = (content: object): Readonly<Record<string, unknown>> => ({ [PROBE_TYPE]: JSON.stringify(content) });

  it('reads values with their tolerance, NaN and infinities included', () => {
    const value = '[1,{"number":"NaN"},{"number":"-Infinity"}]';
    const notebook = having(sent({ nonce: 'n', property: 'p', value, tolerance: 0.5 }), { 'text/plain': 'x' });
    assert.deepEqual(emissions(notebook, 'n'), {
      sent: [
        { property: 'p', value: [1, Number.NaN, Number.NEGATIVE_INFINITY], tolerance: { absolute: 0.5, relative: 0 } },
      ],
      forged: 0,
    });
  });

  it('counts what comes without the nonce, and whatever is no message of a probe', () => {
    const notebook = having(
      sent({ nonce: 'other', property: 'p', value: '1' }),
      { [PROBE_TYPE]: 7 },
      { [PROBE_TYPE]: '{' },
    );
    assert.deepEqual(emissions(notebook, 'n'), { sent: [], forged: 3 });
  });

  it('takes what is no plain value for none', () => {
    for (const value of ['{"a":1}', 'null', '{', 5]) {
      const [first] = emissions(having(sent({ nonce: 'n', property: 'p', value })), 'n').sent;
      assert.deepEqual(first, { property: 'p', failure: 'no value' });
    }
  });
});
