// Tab and Shift-Tab: completion and explanation, with our own documentation.
import assert from 'node:assert/strict';
import { notebook } from './notebook.js';
import { createProject } from './project.js';

const LIBRARY = `
/**
 * The area of a triangle.
 *
 * Half of base times height.
 *
 * @param base - length of one side, in metres
 * @param height - distance of the opposite corner, in metres
 * @returns the area in square metres
 * @throws {RangeError} when a length is negative
 * @example
 * area(3, 4) // => 6
 */
export function area(base: number, height: number): number { return (base * height) / 2; }
/** How to draw. */
export interface Options { /** Width in pixels. */ readonly width: number; readonly colour?: 'red' | 'green' }
export const draw = (options: Options): Options => options;
`;

describe('Help', () => {
  const project = createProject({ 'package.json': '{ "name": "sample", "type": "module" }', 'lib/area.ts': LIBRARY });
  after(() => project.remove());
  const { kernel, run } = notebook({ cwd: project.folder });
  before(() =>
    run(
      "import { area, draw } from './lib/area.js'; const table = { rows: [1], columns: ['a'] }; class Point { constructor(readonly x: number, private y: number) {} norm() { return this.y; } }",
    ),
  );

  describe('completes', () => {
    /** The names offered at the mark `|` and the text that they replace. */
    async function complete(marked: string): Promise<{ matches: string[]; replaced: string }> {
      const letters = [...marked];
      const cursor = letters.indexOf('|');
      letters.splice(cursor, 1);
      const reply = await kernel().complete(letters.join(''), cursor);
      assert.equal(reply['status'], 'ok');
      return {
        matches: reply['matches'] as string[],
        replaced: letters.slice(Number(reply['cursor_start']), Number(reply['cursor_end'])).join(''),
      };
    }

    it('members of a value', async () => {
      assert.deepEqual(await complete('Math.hyp|'), { matches: ['hypot'], replaced: 'hyp' });
      assert.deepEqual((await complete('table.|')).matches.slice().sort(), ['columns', 'rows']);
      assert.ok((await complete('table.rows.toL|')).matches.includes('toLocaleString'));
    });

    it('names of earlier cells and of the library', async () => {
      assert.equal((await complete('tabl|')).matches[0], 'table');
      assert.equal((await complete('are|')).matches[0], 'area');
    });

    it('what a module exports, between the braces of an import', async () => {
      assert.deepEqual(await complete("import { dra| } from './lib/area.js'"), { matches: ['draw'], replaced: 'dra' });
      assert.ok((await complete("import type { | } from './lib/area.js'")).matches.includes('Options'));
    });

    it('public members only', async () => {
      assert.deepEqual((await complete('new Point(1, 2).|')).matches.slice().sort(), ['norm', 'x']);
    });

    it('properties of options and values of unions', async () => {
      assert.ok((await complete('draw({ wid|')).matches.includes('width'));
      assert.ok((await complete("draw({ width: 1, colour: '|' })")).matches.includes('red'));
    });

    it('in the middle of a cell of many lines', async () => {
      assert.deepEqual(await complete('const a = 1;\nif (a) {\n  Math.hyp|(3, 4);\n}\n'), {
        matches: ['hypot'],
        replaced: 'hyp',
      });
    });

    it('names that the same cell declares', async () => {
      assert.deepEqual((await complete('const declaredHere = 1;\ndeclaredH|')).matches, ['declaredHere']);
    });

    it('after letters that take two units of UTF-16', async () => {
      assert.deepEqual(await complete("'👍👍'; Math.hyp|"), { matches: ['hypot'], replaced: 'hyp' });
    });

    it('what follows an await, an optional chain and an element', async () => {
      assert.ok((await complete('(await Promise.resolve(table)).ro|')).matches.includes('rows'));
      assert.ok((await complete('table.rows?.at|')).matches.includes('at'));
      assert.ok((await complete('table.columns[0]?.toUpp|')).matches.includes('toUpperCase'));
    });

    it('with the kind of each name', async () => {
      const reply = await kernel().complete('Math.hyp');
      const [first] = (reply['metadata'] as { _jupyter_types_experimental: { text: string; type: string }[] })
        ._jupyter_types_experimental;
      assert.deepEqual([first?.text, first?.type], ['hypot', 'method']);
    });

    it('nothing where nothing fits, and never names of the kernel', async () => {
      assert.deepEqual((await complete('table.zzz|')).matches, []);
      assert.deepEqual((await complete('__ker|')).matches, []);
      assert.deepEqual((await complete('__tsl|')).matches, []);
      assert.deepEqual(
        (await complete('|')).matches.filter((name) => name.startsWith('__kernel')),
        [],
      );
    });

    it('when the cursor is out of bounds, without an error', async () => {
      for (const cursor of [-5, 0, 10_000]) assert.equal((await kernel().complete('table', cursor))['status'], 'ok');
    });
  });

  describe('explains', () => {
    const explain = async (code: string, cursor?: number): Promise<{ text: string; markdown: string }> => {
      const reply = await kernel().inspect(code, cursor);
      assert.deepEqual([reply['status'], reply['found']], ['ok', true]);
      const data = reply['data'] as Record<string, string>;
      return { text: data['text/plain'] ?? '', markdown: data['text/markdown'] ?? '' };
    };

    it('a function of the library with its documentation', async () => {
      const { text, markdown } = await explain('area');
      for (const form of [text, markdown]) {
        assert.match(form, /area\(base: number, height: number\): number/);
        assert.match(form, /The area of a triangle\.\s+Half of base times height\./);
        assert.match(form, /base.*length of one side, in metres/);
        assert.match(form, /RangeError.*when a length is negative/);
        assert.match(form, /area\(3, 4\) \/\/ => 6/);
      }
      assert.match(markdown, /```(ts|typescript)\n/);
    });

    it('what stands at the cursor, also inside of a call', async () => {
      assert.match((await explain('area(3, 4)', 2)).text, /The area of a triangle/);
      assert.match((await explain('const x = 1;\narea(x, 4)', 15)).text, /The area of a triangle/);
    });

    it('the function whose arguments are being written', async () => {
      assert.match((await explain('area(')).text, /area\(base: number, height: number\)/);
      assert.match((await explain('area(3, ')).text, /area\(base: number, height: number\)/);
    });

    it('a variable of an earlier cell with its type', async () => {
      assert.match((await explain('table')).text, /const table: \{\s+rows: number\[\];\s+columns: string\[\];\s+\}/);
    });

    it('a property with its documentation', async () => {
      assert.match((await explain('draw({ width: 5 })', 9)).text, /Width in pixels/);
    });

    it('built-in functions', async () => {
      assert.match((await explain('Math.hypot')).text, /hypot\(\.\.\.values: number\[\]\): number/);
    });

    it('after letters that take two units of UTF-16', async () => {
      const code = "'👍👍👍'; area";
      assert.match((await explain(code, [...code].length - 1)).text, /The area of a triangle/);
    });

    it('nothing where nothing stands', async () => {
      for (const code of ['', '   ', '// remark', 'undeclaredName']) {
        const reply = await kernel().inspect(code);
        assert.equal(reply['status'], 'ok');
        if (reply['found']) assert.doesNotMatch(JSON.stringify(reply['data']), /__kernel|__tslab/);
        else assert.deepEqual(reply['data'], {});
      }
    });
  });

  describe('knows whether a cell is complete:', () => {
    const samples: readonly (readonly [code: string, status: string])[] = [
      ['1 + 1', 'complete'],
      ['', 'complete'],
      ['const f = (x: number) => x;', 'complete'],
      ['if (true) { console.log(1) }', 'complete'],
      ['await Promise.resolve(1)', 'complete'],
      ["const wrongType: number = 'a';", 'complete'],
      ['function f() {', 'incomplete'],
      ['const a = [1,', 'incomplete'],
      ['const s = `abc', 'incomplete'],
      ['/* remark', 'incomplete'],
      ['call(1,', 'incomplete'],
      ['const x =', 'incomplete'],
      ['class A {\n  x = 1;', 'incomplete'],
      ['const = 3', 'invalid'],
      ['const x = )', 'invalid'],
    ];
    for (const [code, status] of samples) {
      it(`${JSON.stringify(code)} is ${status}`, async () =>
        assert.equal((await kernel().isComplete(code))['status'], status));
    }

    it('with the indentation of the next line', async () => {
      assert.match(String((await kernel().isComplete('function f() {'))['indent']), /^\s+$/);
    });
  });
});
