// Output: nothing is lost, everything is in order, and it arrives while the cell still works.
import assert from 'node:assert/strict';
import type { Output } from './execution.js';
import { notebook } from './notebook.js';

const NOTEBOOK = `
  type Bundle = Record<string, unknown>;
  const page = (globalThis as unknown as { __notebook: {
    display(bundle: Bundle, metadata?: Bundle, id?: string, update?: boolean): void; clearOutput(wait?: boolean): void
  } }).__notebook;`;

describe('Output', () => {
  const { kernel, run, value } = notebook();
  before(() => run(NOTEBOOK));

  describe('of many pieces', () => {
    it('keeps all of 50,000 lines, in order', async () => {
      const { stdout } = await run('for (let i = 0; i < 50_000; i++) console.log(i);', { seconds: 60 });
      const lines = stdout.split('\n');
      assert.equal(lines.length, 50_001);
      assert.ok(lines.every((line, index) => line === (index < 50_000 ? String(index) : '')));
    });

    it('comes in few messages', async () => {
      const { outputs } = await run('for (let i = 0; i < 5000; i++) console.log(i);');
      assert.ok(outputs.length < 100, `${outputs.length} messages`);
    });

    it('keeps 3000 displays, in order', async () => {
      const { displays } = await run("for (let i = 0; i < 3000; i++) page.display({ 'text/plain': String(i) });", {
        seconds: 60,
      });
      assert.deepEqual(
        displays.map((data) => data['text/plain']),
        Array.from({ length: 3000 }, (_, i) => String(i)),
      );
    });

    it('keeps a display of 30 MB', async () => {
      const { displays } = await run("page.display({ 'text/plain': 'x'.repeat(30_000_000) + 'end' });", {
        seconds: 60,
      });
      const [{ 'text/plain': text } = {}] = displays;
      assert.ok(typeof text === 'string' && text.length === 30_000_003 && text.endsWith('end'));
    });

    it('keeps a line of 10 MB', async () => {
      const { stdout } = await run("console.log('y'.repeat(10_000_000));", { seconds: 60 });
      assert.equal(stdout.length, 10_000_001);
    });
  });

  describe('arrives while the cell works', () => {
    const gaps = async (code: string): Promise<readonly number[]> => {
      const times: number[] = [];
      await run(code, { onOutput: () => times.push(performance.now()) });
      return times.slice(1).map((time, index) => time - (times[index] ?? 0));
    };

    it('in a synchronous loop', async () => {
      const code =
        'for (let i = 0; i < 4; i++) { console.log(i); const end = Date.now() + 300; while (Date.now() < end); }';
      const found = await gaps(code);
      assert.equal(found.length, 3);
      for (const gap of found) assert.ok(gap > 150, `all at once: ${found}`);
    });

    it('as displays of a synchronous loop', async () => {
      const code =
        "for (let i = 0; i < 4; i++) { page.display({ 'text/plain': 'a' }, {}, 'live', i > 0); const end = Date.now() + 300; while (Date.now() < end); }";
      const found = await gaps(code);
      assert.equal(found.length, 3);
      for (const gap of found) assert.ok(gap > 150, `all at once: ${found}`);
    });

    it('of an awaiting loop', async () => {
      const found = await gaps(
        'for (let i = 0; i < 4; i++) { console.log(i); await new Promise((r) => setTimeout(r, 300)); }',
      );
      assert.equal(found.length, 3);
      for (const gap of found) assert.ok(gap > 150, `all at once: ${found}`);
    });
  });

  it('keeps the order of stdout, stderr, displays and the value', async () => {
    const { outputs } = await run(
      "console.log('a'); console.error('b'); page.display({ 'text/plain': 'c' }); console.log('d'); console.warn('e'); 'f'",
    );
    const kinds = outputs.map((output) =>
      output.type === 'stream' ? `${output.name} ${output.text.trim()}` : output.type,
    );
    assert.deepEqual(kinds, ['stdout a', 'stderr b', 'display_data', 'stdout d', 'stderr e', 'execute_result']);
  });

  it('keeps pieces of a line apart from their newline, as they were written', async () => {
    const { stdout } = await run(
      "process.stdout.write('10 %\\r'); process.stdout.write('20 %\\r'); process.stdout.write(Buffer.from('é\\n'));",
    );
    assert.equal(stdout, '10 %\r20 %\ré\n');
  });

  it('keeps a letter whose bytes were written apart', async () => {
    const { stdout } = await run(
      "const bytes = Buffer.from('é👍'); for (const byte of bytes) process.stdout.write(Uint8Array.of(byte));",
    );
    assert.equal(stdout, 'é👍');
  });

  it('calls back when it was written, and ends streams that are piped into it', async () => {
    assert.equal(
      await value("await new Promise((done) => process.stdout.write('x', () => done('written')))"),
      "'written'",
    );
    assert.equal(
      await value("await new Promise((done) => process.stdout.write('x', 'utf8', () => done('written')))"),
      "'written'",
    );
    const piped =
      "import { Readable } from 'node:stream'; import { pipeline } from 'node:stream/promises'; await pipeline(Readable.from(['p', 'q']), process.stdout, { end: false });";
    assert.equal((await run(piped)).stdout, 'pq');
  });

  it('knows all of console', async () => {
    const { stdout, stderr } = await run(
      "console.info('i'); console.debug('d'); console.table([{ a: 1 }]); console.group('g'); console.log('in'); console.groupEnd(); console.warn('w'); console.trace('t'); console.assert(false, 'no'); console.count(); console.dir({ a: 1 }); console.log('%d of %s', 1, 'x');",
    );
    assert.match(stdout, /^i\nd\n┌[\s\S]*│ 0 {7}│ 1 │[\s\S]*g\n {2}in\n[\s\S]*default: 1\n\{ a: 1 \}\n1 of x\n$/);
    assert.match(stderr, /^w\nTrace: t\n {4}at cell\[\d+\]:1:\d+\nAssertion failed: no\n$/);
  });

  it('of a timer that fires later is shown', async () => {
    const late = kernel().output((output) => output.type === 'stream' && output.text.includes('late'));
    await run("setTimeout(() => console.log('late'), 50);");
    assert.equal((await late).type, 'stream');
  });

  it('can be replaced by id, from later cells too', async () => {
    const { outputs } = await run(
      "page.display({ 'text/plain': '1' }, {}, 'bar'); page.display({ 'text/plain': '2' }, {}, 'bar', true);",
    );
    assert.deepEqual(
      outputs.map(({ type }) => type),
      ['display_data', 'update_display_data'],
    );
    const later = await run("page.display({ 'text/plain': '3' }, {}, 'bar', true);");
    const ids = [...outputs, ...later.outputs].map((output) =>
      'transient' in output ? output.transient.display_id : undefined,
    );
    assert.deepEqual(ids, ['bar', 'bar', 'bar']);
  });

  it('can be cleared, at once or by the next output', async () => {
    const { outputs } = await run(
      "console.log('a'); page.clearOutput(); console.log('b'); page.clearOutput(true); console.log('c');",
    );
    const seen = outputs.map((output: Output) => (output.type === 'clear_output' ? output.wait : output.type));
    assert.deepEqual(seen, ['stream', false, 'stream', true, 'stream']);
  });

  it('is a MIME bundle, an object', async () => {
    for (const bundle of ["'text'", '[]', 'null'])
      assert.match((await kernel().execute(`page.display(${bundle} as never)`)).error?.evalue ?? '', /MIME bundle/);
  });

  it('carries metadata', async () => {
    const { outputs } = await run("page.display({ 'text/plain': 'x' }, { 'text/plain': { alt: 'an x' } });");
    const [first] = outputs;
    assert.deepEqual(first && 'metadata' in first ? first.metadata : undefined, { 'text/plain': { alt: 'an x' } });
  });

  it('of tslab.display is shown too', async () => {
    const { displays } = await run(
      "import { display } from 'tslab'; display.html('<b>hi</b>'); display.markdown('*hi*'); display.png(new Uint8Array([1, 2]));",
    );
    assert.deepEqual(
      displays.map((data) => Object.keys(data)),
      [['text/html'], ['text/markdown'], ['image/png']],
    );
    assert.equal(displays[2]?.['image/png'], 'AQI=');
  });

  it('of a silent cell is not announced', async () => {
    const { result, reply } = await kernel().execute("'silent'", { silent: true });
    assert.deepEqual([reply['status'], result], ['ok', undefined]);
  });

  it('of a child process and of packages that ask for a terminal does no harm', async () => {
    const code =
      "import { execFileSync } from 'node:child_process'; execFileSync(process.execPath, ['-p', '6 * 7']).toString()";
    assert.equal(await value(code), "'42\\n'");
    assert.equal(
      await value('[process.stdout.isTTY ?? false, typeof process.stdout.columns]'),
      "[ false, 'undefined' ]",
    );
  });
});
