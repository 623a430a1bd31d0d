import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { Unanswered } from '../lib/answer.js';
import { check, expectClose, expectThat, type Property, todo } from '../lib/index.js';
import { onConsole, onPage } from './page.js';

/** The text that a check prints. */
async function printed<A>(
  answer: A | (() => A | Promise<A>),
  properties: readonly Property<NoInfer<A>>[],
): Promise<string> {
  return (await onConsole(() => check('mean', answer, properties))).join('\n');
}

describe('check', () => {
  it('prints one table: result, property, got and wanted', async () => {
    const text = await printed(
      [1, 2],
      [
        expectClose('the first', ([first]) => first, { wanted: 1 }),
        expectClose('both', (both) => both, { wanted: [1, 2.5], tolerance: 0.1 }),
      ],
    );
    assert.deepEqual(text.split('\n'), [
      'Exercise mean: 1 of 2 properties hold',
      'result     property   got                         wanted',
      '✓ holds    the first  1                           1',
      '✗ not yet  both       [1, 2]: at [1]: off by 0.5  [1, 2.5] ± 0.1',
    ]);
  });

  it('says so when all properties hold', async () => {
    assert.match(
      await printed(1, [expectClose('it', (x) => x, { wanted: 1 })]),
      /^Exercise mean: all properties hold\n/,
    );
  });

  it('gives the hint of the first property that fails, and no other', async () => {
    const hinted = (name: string, wanted: number) =>
      expectClose<number>(name, (x) => x, { wanted, hint: `hint ${name}` });
    const text = await printed(1, [hinted('a', 1), hinted('b', 2), hinted('c', 3)]);
    assert.match(text, /Hint: hint b$/);
    assert.doesNotMatch(text, /hint [ac]/);
  });

  it('says in one friendly line that an answer is not written yet, wherever it is missed', async () => {
    const line = 'Exercise mean is not written yet; this cell waits for it.';
    const mean = (): number => todo('mean');
    assert.equal(await printed(() => mean(), []), line);
    assert.equal(await printed(() => mean, [expectClose('it', (mean) => mean(), { wanted: 1 })]), line);
    assert.equal(await printed(() => mean, [expectThat('it', (mean) => mean() > 1)]), line);
    assert.equal(await printed(async () => mean(), []), line);
  });

  it('says what is wrong with properties that are none', async () => {
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [undefined, /TypeError: check needs a list of properties, got undefined/],
      [[null], /TypeError: check needs properties made by expectClose or expectThat, got null/],
    ];
    for (const [properties, message] of wrong)
      assert.match(await printed(1, properties as readonly Property<number>[]), message);
  });

  it('shows an answer that throws as failed, with its message', async () => {
    const text = await printed((): number => {
      throw new RangeError('no such row');
    }, [expectClose('it', (x) => x, { wanted: 1 })]);
    assert.match(
      text,
      /the answer ends with an error\n.*\n✗ not yet {2}gives an answer {2}RangeError: no such row {2}no error$/,
    );
  });

  it('shows a property whose examination throws as failed, and goes on with the others', async () => {
    const text = await printed(
      () => null as unknown as number[],
      [
        expectClose('length', (list) => list.length, { wanted: 1 }),
        expectThat('is null', (list) => list === (null as unknown)),
      ],
    );
    assert.match(text, /✗ not yet {2}length .*TypeError: Cannot read/);
    assert.match(text, /✓ holds {4}is null/);
  });

  it('never throws, whatever is thrown or given', async () => {
    const thrown: unknown[] = ['text', undefined, null, 7, { message: 'odd' }, new Error('')];
    for (const value of thrown) {
      const answer = (): number => {
        throw value;
      };
      assert.match(await printed(answer, []), /ends with an error/);
    }
    for (const value of [
      undefined,
      null,
      Number.NaN,
      {},
      Symbol('s'),
      () => 1,
      new Map(),
      Promise.resolve(1),
      Object.create(null),
    ]) {
      assert.match(await printed(() => [value], [expectClose('it', ([x]) => x, { wanted: 1 })]), /✗ not yet|✓ holds/);
    }
  });

  it('names what is no number', async () => {
    const of = (value: unknown) => printed(() => [value], [expectClose('it', ([x]) => x, { wanted: 1 })]);
    assert.match(await of(undefined), /TypeError: undefined instead of a value/);
    assert.match(await of({}), /an object of kind Object instead of numbers/);
    assert.match(await of(() => 1), /a function instead of numbers/);
    assert.match(await of(Number.NaN), /NaN: NaN is not a finite number/);
    assert.match(await of([1]), /\[1\]: shape \[1\] instead of \[\]/);
  });

  it('waits for answers and properties that take time', async () => {
    const text = await printed(
      async () => 2,
      [expectClose('later', async (x) => x, { wanted: 2 }), expectThat('true later', async (x) => x === 2)],
    );
    assert.match(text, /all properties hold/);
  });

  it('compares tensors by their numbers and shape', async () => {
    const [got, wanted] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[1, 2.00001]])];
    assert.match(
      await printed(got, [expectClose('rows', (x) => x, { wanted })]),
      /✓ holds {2}rows {6}\[\[1, 2\]\] {2}\[\[1, 2\]\]/,
    );
    assert.match(
      await printed(got, [expectClose('rows', (x) => x, { wanted: [1, 2] })]),
      /✗ not yet.*shape \[1, 2\] instead of \[2\]/,
    );
    tf.dispose([got, wanted]);
    assert.match(await printed(got, [expectClose('rows', (x) => x, { wanted: [1] })]), /✗ not yet.*disposed/);
  });

  it('keeps no tensor of its own', async () => {
    const got = tf.tensor1d([1, 2]);
    const before = tf.memory().numTensors;
    await printed(got, [expectClose('it', (x) => x, { wanted: [1, 2] })]);
    assert.equal(tf.memory().numTensors, before);
    got.dispose();
  });

  it('cuts long lists and gives their shape', async () => {
    const list = Array.from({ length: 100 }, (_, i) => i);
    assert.match(
      await printed(list, [expectClose('all', (x) => x, { wanted: list })]),
      /\[0, 1, 2, 3, 4, 5, …\] \(shape \[100\]\)/,
    );
  });

  it('is a table with headings in a notebook, safe against markup', async () => {
    const [shown] = await onPage(() =>
      check('mean', '<b>', [expectClose('is <i>', (x) => x, { wanted: 'a & b', hint: 'Use "<".' })]),
    );
    const html = String(shown!.bundle['text/html']);
    assert.match(html, /<caption [^>]*>Exercise mean: 0 of 1 properties hold<\/caption>/);
    assert.match(html, /<th scope="col"[^>]*>property<\/th>/);
    assert.match(html, /✗ not yet<\/td><td[^>]*>is &lt;i&gt;<\/td><td[^>]*>&quot;&lt;b&gt;&quot;: not the same/);
    assert.match(html, /<strong>Hint:<\/strong> Use &quot;&lt;&quot;\./);
    assert.match(String(shown!.bundle['text/plain']), /^Exercise mean: 0 of 1/);
  });
});

describe('todo', () => {
  it('throws Unanswered with the exercise', () => {
    assert.throws(
      () => todo('mean'),
      (error) => error instanceof Unanswered && error.exercise === 'mean',
    );
  });
});
