// How values at the end of a cell are shown.
import assert from 'node:assert/strict';
import { notebook } from './notebook.js';
import type { Json } from './wire.js';

const SHOW =
  "const show = (bundle: unknown, metadata?: unknown) => ({ [Symbol.for('Jupyter.display')]: bundle, ...(metadata ? { [Symbol.for('Jupyter.metadata')]: metadata } : {}) });";

describe('The value of a cell', () => {
  const { kernel, run, value } = notebook();
  before(() => run(SHOW));
  const result = async (code: string): Promise<Json | undefined> => (await run(code)).result;

  describe('that shows itself', () => {
    it('gives its forms by MIME type', async () => {
      assert.deepEqual(await result("show(() => ({ 'text/html': '<b>x</b>', 'text/plain': 'x' }))"), {
        'text/html': '<b>x</b>',
        'text/plain': 'x',
      });
    });

    it('may do so asynchronously', async () => {
      assert.deepEqual(await result("show(async () => { await null; return { 'text/plain': 'later' }; })"), {
        'text/plain': 'later',
      });
    });

    it('keeps JSON as JSON', async () => {
      const data = await result("show(() => ({ 'application/json': { a: [1, { b: null }] } }))");
      assert.deepEqual(data?.['application/json'], { a: [1, { b: null }] });
    });

    it('gives metadata', async () => {
      const { outputs } = await run(
        "show(() => ({ 'image/png': 'AQI=' }), () => ({ 'image/png': { alt: 'a plot' } }))",
      );
      const [output] = outputs;
      assert.ok(output && 'metadata' in output);
      assert.deepEqual([output.data['image/png'], output.metadata], ['AQI=', { 'image/png': { alt: 'a plot' } }]);
    });

    it('may be an instance of a class that shows itself', async () => {
      await run(
        "class Figure { constructor(readonly title: string) {} [Symbol.for('Jupyter.display')]() { return { 'text/markdown': '**' + this.title + '**' }; } }",
      );
      assert.deepEqual(await result("new Figure('curve')"), { 'text/markdown': '**curve**' });
    });

    it('may be what an awaited expression gives', async () => {
      assert.deepEqual(await result("await Promise.resolve(show(() => ({ 'text/plain': 'awaited' })))"), {
        'text/plain': 'awaited',
      });
    });

    it('and fails, is shown as the failure of the cell or as text, and the kernel goes on', async () => {
      for (const body of [
        "() => { throw new Error('cannot draw') }",
        "async () => { throw new Error('cannot draw') }",
      ]) {
        const { status, error, stderr, result: shown } = await kernel().execute(`show(${body})`);
        const text = `${error?.evalue} ${stderr} ${shown?.['text/plain']}`;
        assert.ok(status === 'error' ? text.includes('cannot draw') : shown !== undefined, text);
        assert.equal(await value('1 + 1'), '2');
      }
    });

    for (const odd of [
      '() => undefined',
      '() => null',
      '() => 5',
      "() => 'text'",
      '() => [1]',
      '() => ({})',
      "'no function'",
      "() => ({ 'text/plain': 5n })",
      '() => { const ring: Record<string, unknown> = {}; ring["self"] = ring; return { "application/json": ring }; }',
      "() => new Proxy({}, { ownKeys() { throw new Error('trap') } })",
    ]) {
      it(`with ${odd} does no harm`, async () => {
        await kernel().execute(`show(${odd})`, { seconds: 5 });
        assert.equal(await value('1 + 1'), '2');
      });
    }
  });

  describe('as text', () => {
    const texts: readonly (readonly [code: string, text: string | undefined])[] = [
      ['undefined', undefined],
      ['void 0', undefined],
      ['[].find(() => true)', undefined],
      ['null', 'null'],
      ['false', 'false'],
      ['0', '0'],
      ['-0', '-0'],
      ['NaN', 'NaN'],
      ["''", "''"],
      ["'a\\nb'", "'a\\nb'"],
      ['5n', '5n'],
      ["Symbol('s')", 'Symbol(s)'],
      ['[1, [2, [3, [4]]]]', '[ 1, [ 2, [ 3, [Array] ] ] ]'],
      ['new Map([[1, { a: 2 }]])', 'Map(1) { 1 => { a: 2 } }'],
      ['new Set([1])', 'Set(1) { 1 }'],
      ['new Float64Array([1, 2])', 'Float64Array(2) [ 1, 2 ]'],
      ['new Date(0)', '1970-01-01T00:00:00.000Z'],
      ['/a/g', '/a/g'],
      ['class Shown {} ; new Shown()', 'Shown {}'],
      ['Object.create(null)', '[Object: null prototype] {}'],
      [
        '(() => { const ring: Record<string, unknown> = {}; ring["self"] = ring; return ring; })()',
        '<ref *1> { self: [Circular *1] }',
      ],
      ['Promise.resolve(1)', 'Promise { 1 }'],
    ];
    for (const [code, text] of texts)
      it(`${code} shows ${text ?? 'nothing'}`, async () => assert.equal(await value(code), text));

    it('of a long list is shortened', async () => {
      const text = await value('Array.from({ length: 100_000 }, (_, i) => i)');
      assert.match(text ?? '', /99900 more items/);
    });

    it('of an error that was not thrown has its message', async () => {
      assert.match((await value("new Error('only a value')")) ?? '', /Error: only a value/);
    });
  });

  describe('that is hostile does no harm:', () => {
    const hostile = [
      "({ get a() { throw new Error('getter') } })",
      "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('inspect') } })",
      "({ get [Symbol.for('Jupyter.display')]() { throw new Error('display') } })",
      "({ get [Symbol.toStringTag]() { throw new Error('tag') } })",
      "({ get then() { throw new Error('then') } })",
      "({ toString() { throw new Error('text') }, toJSON() { throw new Error('json') } })",
      "new Proxy({}, { get() { throw new Error('get') }, ownKeys() { throw new Error('keys') }, has() { throw new Error('has') }, getPrototypeOf() { throw new Error('proto') } })",
      'new Proxy(() => {}, { apply: () => { throw new Error() }, get: (_t, key) => (...all: unknown[]) => { throw new Error(String(key)) } })',
      '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()',
      "(() => { class Odd { get constructor(): never { throw new Error('constructor') } } return new Odd(); })()",
    ];
    for (const code of hostile) {
      it(code, async () => {
        await kernel().execute(code, { seconds: 5 });
        assert.equal(await value('1 + 1'), '2');
      });
    }
  });
});

describe('Tensors and tables', () => {
  const { run, value } = notebook();
  before(async function () {
    this.timeout(60_000);
    await run("import * as tf from '@tensorflow/tfjs'; import * as dfd from 'danfojs-node';", { seconds: 60 });
  });

  it('a tensor shows its shape, type and values', async () => {
    const text = (await value('tf.tensor2d([[1, 2], [3, 4.5]])')) ?? '';
    assert.match(text, /\[\s*2,\s*2\s*\]|2x2|2 ?× ?2/);
    assert.match(text, /float32/);
    assert.match(text, /1[\s\S]*2[\s\S]*3[\s\S]*4\.5/);
  });

  it('a scalar shows its value', async () => {
    assert.match((await value('tf.scalar(7, "int32")')) ?? '', /7/);
  });

  it('a large tensor is shortened', async () => {
    assert.ok(((await value('tf.zeros([1000, 1000])')) ?? '').length < 5000);
  });

  it('a tensor of rank 1 or 2 is a table too, with its numbers as they are, of a large one both ends', async () => {
    const { result } = await run('tf.tensor2d([[1, 1e-12], [Number.NaN, 4.5]])');
    const html = String(result?.['text/html']);
    assert.match(html, /<td><\/td><th scope="col">0<\/th><th scope="col">1<\/th>/);
    assert.match(html, /<th scope="row">1<\/th><td>NaN<\/td><td>4.5<\/td>.*<p>Tensor float32 \[2, 2\]<\/p>/);
    assert.match(html, /<td>1e-12<\/td>/);
    assert.match(String((await run('tf.tensor1d([true])')).result?.['text/html']), /<td>true<\/td>/);
    const wide = String((await run('tf.range(0, 1000)')).result?.['text/html']);
    assert.match(wide, /<tr><td><\/td><td>0<\/td>.*<td>9<\/td><td>…<\/td><td>990<\/td>.*<td>999<\/td><\/tr>/);
    for (const code of ['tf.scalar(1)', 'tf.zeros([2, 2, 2])', 'tf.complex([1], [2])'])
      assert.equal((await run(code)).result?.['text/html'], undefined, code);
  });

  it('a disposed tensor says so', async () => {
    assert.match((await value('const gone = tf.scalar(1); gone.dispose(); gone')) ?? '', /disposed/i);
  });

  it('showing a tensor makes no other', async () => {
    await run('const kept = tf.ones([3]); const tensors = tf.memory().numTensors;');
    await run('kept');
    assert.equal(await value('tf.memory().numTensors - tensors'), '0');
  });

  it('a table shows itself as HTML and as text', async () => {
    const { result } = await run("new dfd.DataFrame({ name: ['a', '<b>'], x: [1, 2.5] })");
    const html = String(result?.['text/html']);
    assert.match(
      html,
      /<table><thead><tr><td><\/td><th scope="col">name<\/th>[\s\S]*<th scope="row">0<\/th>[\s\S]*2\.5/,
    );
    assert.ok(/&(lt|#60);b&/.test(html) && !html.includes('<b>'), 'values are escaped');
    assert.match(String(result?.['text/plain']), /name[\s\S]*2\.5/);
  });

  it('a table keeps its rows in text where values have several lines', async () => {
    const { result } = await run("new dfd.DataFrame({ name: ['a\\nb', 'c'] })");
    assert.match(String(result?.['text/plain']), /a\\nb\n/);
  });

  it('a series shows its values below its name, if it has one', async () => {
    const shown = async (code: string): Promise<Json | undefined> => (await run(code)).result;
    const row = '<tr><th scope="row">0</th><td>5</td></tr>';
    assert.deepEqual(await shown('new dfd.Series([5])'), {
      'text/html': `<table><tbody>${row}</tbody></table><p>1 row × 1 column</p>`,
      'text/plain': '0  5\n1 row × 1 column',
    });
    const head = '<thead><tr><td></td><th scope="col">mass</th></tr></thead>';
    for (const code of ["new dfd.Series([5], { columns: ['mass'] })", "new dfd.DataFrame({ mass: [5] })['mass']"])
      assert.deepEqual(await shown(code), {
        'text/html': `<table>${head}<tbody>${row}</tbody></table><p>1 row × 1 column</p>`,
        'text/plain': '   mass\n0     5\n1 row × 1 column',
      });
  });

  it('a long table is shortened and says how long it is', async () => {
    const { result } = await run('new dfd.DataFrame({ x: Array.from({ length: 5000 }, (_, i) => i) })');
    const html = String(result?.['text/html']);
    assert.ok(html.length < 50_000, `${html.length} characters`);
    assert.match(html, /5[,.\u202f\u2009 ]?000/);
  });
});
