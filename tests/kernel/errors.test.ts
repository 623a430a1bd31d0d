// What a learner sees when something goes wrong.
import assert from 'node:assert/strict';
import { notebook } from './notebook.js';
import { createProject } from './project.js';

const LIBRARY = {
  'package.json': '{ "name": "sample", "type": "module" }',
  'lib/thrower.ts': `
    interface Options { readonly name: string }

    export function inner({ name }: Options): never {
      throw new TypeError(\`no \${name}\`);
    }
    export function outer(name: string): never {
      return inner({ name });
    }
    export const later = async (): Promise<never> => {
      await Promise.resolve();
      return outer('patience');
    };`.replaceAll('\n    ', '\n'),
};

describe('Errors', () => {
  const project = createProject({ ...LIBRARY, 'notebooks/.keep': '' });
  after(() => project.remove());
  const { run, value, fails, kernel } = notebook({ cwd: project.path('notebooks') });
  const traceback = async (code: string): Promise<string> => (await fails(code)).traceback.join('\n');

  it('have name and message', async () => {
    const { ename, evalue } = await fails("throw new RangeError('too far');");
    assert.deepEqual([ename, evalue], ['RangeError', 'too far']);
  });

  it('are in the reply as in the output', async () => {
    const { reply, error, status } = await kernel().execute("throw new Error('twice')");
    assert.equal(status, 'error');
    assert.deepEqual(
      [reply['ename'], reply['evalue'], reply['traceback']],
      [error?.ename, error?.evalue, error?.traceback],
    );
  });

  it('show the line of the cell and mark the place', async () => {
    const text = await traceback(
      "interface Long {\n  a: number;\n}\nconst long: Long = { a: 1 };\n\n  throw new Error('here');\nlong;",
    );
    const { execution_count: count } = (await kernel().execute('')).reply;
    assert.match(text, new RegExp(`cell\\[${Number(count) - 1}\\], line 6`));
    assert.match(text, / {2}throw new Error\('here'\);\n.*\^/);
    assert.match(text, /cell\[\d+\]:6:9/);
  });

  it('say what to do about a name that no cell has declared so far', async () => {
    const { evalue } = await fails('restarted + 1');
    assert.equal(evalue, "TS2304: Cannot find name 'restarted'. If another cell declares it, run that cell first.");
    assert.match((await fails('document.title')).evalue, /Cannot find name 'document': browsers have it/);
  });

  it('show the call stack through cells', async () => {
    await run("function first(x: number): never {\n  throw new Error('first ' + x);\n}");
    await run('const second = () => {\n\n  first(2);\n};');
    const text = await traceback('\nsecond();');
    assert.match(text, /at first \(cell\[\d+\]:2:9\)\n.*at second \(cell\[\d+\]:3:3\)\n.*cell\[\d+\]:2:1/);
  });

  it('show the TypeScript line of a library file, with an excerpt', async () => {
    const text = await traceback("import { outer } from '../lib/thrower.js';\nouter('luck');");
    assert.match(text, /^TypeError: no luck/);
    assert.match(text, /lib\/thrower\.ts, line 5/);
    assert.match(text, /throw new TypeError\(`no \$\{name\}`\);/);
    assert.match(
      text,
      /at inner \(.*lib\/thrower\.ts:5:9\)\n.*at outer \(.*lib\/thrower\.ts:8:10\)\n.*cell\[\d+\]:2:1/,
    );
  });

  it('show where awaited code failed', async () => {
    const text = await traceback("import { later } from '../lib/thrower.js';\n\nawait later();");
    assert.match(text, /^TypeError: no patience/);
    assert.match(text, /lib\/thrower\.ts:5:9/);
    assert.match(text, /cell\[\d+\]:3:1/);
  });

  it('show nothing of the kernel itself', async () => {
    for (const code of [
      "throw new Error('a')",
      "await Promise.reject(new Error('b'))",
      "[1].map(() => { throw new Error('c') })",
    ]) {
      assert.doesNotMatch(await traceback(code), /node:|node_modules|build\/kernel|__kernel/);
    }
  });

  it('keep the lines of a cell after an import, a type and a decorator', async () => {
    const code = [
      "import { join } from 'node:path';",
      'type T = { a: number };',
      'enum E { A }',
      'namespace N { export const a = 1 }',
      'const joined: string = join("a", "b") satisfies string;',
      'async function work<T>(x: T): Promise<T> {',
      '  await null;',
      "  throw new Error(String(x) + ' failed');",
      '}',
      'await work<number>(1);',
    ].join('\n');
    assert.match(await traceback(code), /1 failed[\s\S]*at work \(cell\[\d+\]:8:9\)[\s\S]*cell\[\d+\]:10:1/);
  });

  it('keep the columns after letters beyond ASCII', async () => {
    assert.match(await traceback("const 日本 = '👍'; throw new Error('here')"), /cell\[\d+\]:1:24/);
  });

  it('show their causes', async () => {
    const text = await traceback("try { JSON.parse('{') } catch (cause) { throw new Error('unreadable', { cause }) }");
    assert.match(text, /^Error: unreadable[\s\S]*cause.*SyntaxError/);
  });

  it('show the errors of an AggregateError', async () => {
    const text = await traceback(
      "await Promise.any([Promise.reject(new Error('one')), Promise.reject(new TypeError('two'))])",
    );
    assert.match(text, /AggregateError[\s\S]*Error: one[\s\S]*TypeError: two/);
  });

  it('show properties of their own', async () => {
    const text = await traceback(
      "class HttpError extends Error { override name = 'HttpError'; status = 404; } throw new HttpError('gone')",
    );
    assert.match(text, /HttpError: gone[\s\S]*status: 404/);
  });

  it('show every line of a message', async () => {
    assert.match(
      await traceback("throw new Error('first line\\n  at second line\\nthird line')"),
      /first line\n {2}at second line\nthird line/,
    );
  });

  describe('may be any value', () => {
    const thrown: readonly (readonly [code: string, evalue: RegExp])[] = [
      ["throw 'text'", /text/],
      ['throw 42', /42/],
      ['throw undefined', /undefined/],
      ['throw null', /null/],
      ['throw 5n', /5n/],
      ["throw Symbol('s')", /Symbol\(s\)/],
      ['throw { code: 7 }', /code: 7/],
      ['throw () => 1', /Function/],
      ['throw Object.create(null)', /null prototype/],
      ["throw { get message() { throw new Error('inner') } }", /./],
      ["throw new Proxy(new Error('p'), { get() { throw new Error('trap') } })", /^/],
      [
        "const odd = new Error('odd'); Object.defineProperty(odd, 'stack', { get() { throw new Error('stack') } }); throw odd",
        /odd/,
      ],
      [
        "const nameless = new Error('n'); Object.defineProperty(nameless, 'name', { value: Symbol('x') }); throw nameless",
        /n/,
      ],
      ['throw new Error()', /^$/],
    ];
    for (const [code, evalue] of thrown) {
      it(code, async () => {
        assert.match((await fails(code)).evalue, evalue);
        assert.equal(await value('1 + 1'), '2');
      });
    }
  });

  it('of a rejected await fail the cell', async () => {
    assert.equal((await fails("await Promise.reject(new RangeError('no'))")).ename, 'RangeError');
    assert.match((await fails("await Promise.reject('only text')")).evalue, /only text/);
  });

  it('that nobody handles in a promise fail their cell', async () => {
    const { ename, evalue } = await fails("void Promise.reject(new RangeError('unhandled'));\n'value'");
    assert.deepEqual([ename, evalue], ['RangeError', 'unhandled']);
    assert.match(
      await traceback("async function forgotten() {\n  throw new Error('forgotten await');\n}\nvoid forgotten();"),
      /cell\[\d+\]:2:9/,
    );
  });

  it('that are handled later in the cell do not fail it', async () => {
    await run("const caught = Promise.reject(new Error('handled')); await caught.catch(() => {});");
    await run("const settled = await Promise.allSettled([Promise.reject(new Error('handled'))]);");
  });

  it('in a timer are shown with their place, and the kernel lives', async () => {
    const shown = kernel().output((output) => output.type === 'stream' && output.text.includes('from a timer'));
    await run("setTimeout(() => {\n  throw new Error('from a timer');\n}, 30);");
    const output = await shown;
    assert.equal(output.type === 'stream' && output.name, 'stderr');
    assert.match(output.type === 'stream' ? output.text : '', /Error: from a timer[\s\S]*cell\[\d+\]:2:9/);
    assert.equal(await value('1 + 1'), '2');
  });

  it('in a timer fail the cell that still waits', async () => {
    const { stderr, status } = await kernel().execute(
      "setTimeout(() => { throw new Error('while waiting') }, 10); await new Promise((r) => setTimeout(r, 100)); 'done'",
    );
    assert.ok(status === 'error' || stderr.includes('while waiting'), 'the error is neither shown nor fails the cell');
  });

  it('of a promise that fails after its cell are shown, and the kernel lives', async () => {
    const shown = kernel().output((output) => output.type === 'stream' && output.text.includes('too late'));
    await run("setTimeout(() => { void Promise.reject(new Error('too late')) }, 30);");
    assert.equal((await shown).type, 'stream');
    assert.equal(await value('1 + 1'), '2');
  });

  it('of endless recursion are named, and the kernel lives', async () => {
    assert.deepEqual(Object.values(await fails('const deep = (): number => deep() + 1; deep()')).slice(1, 3), [
      'RangeError',
      'Maximum call stack size exceeded',
    ]);
    assert.equal(await value('1 + 1'), '2');
  });

  it('of process.exit say that the kernel goes on', async () => {
    assert.match((await fails('process.exit(3)')).evalue, /process\.exit/);
    assert.equal(await value('1 + 1'), '2');
  });

  it('that are caught may be shown as text', async () => {
    assert.match(
      (await run("try { throw new Error('caught') } catch (error) { console.error(error) }")).stderr,
      /Error: caught\n.*cell\[\d+\]:1:/,
    );
    assert.match(
      String(
        await value(
          "import { outer } from '../lib/thrower.js'; (() => { try { outer('x') } catch (error) { return (error as Error).stack } })()",
        ),
      ),
      /thrower\.ts:5/,
    );
  });
});

describe('A cell that replaces', () => {
  for (const [what, code] of [
    ['JSON.stringify', 'JSON.stringify = () => { throw new Error("replaced") };'],
    ['split', 'String.prototype.split = () => { throw new Error("replaced") };'],
  ] as const) {
    describe(`${what}, on which the kernel stands,`, () => {
      const { run, fails } = notebook();

      it('has its value, and later cells say why they fail', async () => {
        assert.equal((await run(`${code} 1`)).result?.['text/plain'], '1');
        const { evalue, traceback } = await fails('2');
        assert.match(evalue, /replaced/);
        if (what === 'JSON.stringify') assert.match(traceback.join('\n'), /cell\[1\], line 1/);
      });
    });
  }
});
