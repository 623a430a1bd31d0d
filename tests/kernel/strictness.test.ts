// Cells are checked as strictly as the project's own code.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { notebook } from './notebook.js';
import { createProject } from './project.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Rule, code that breaks it, TypeScript's number for it. */
const REFUSED: readonly (readonly [rule: string, code: string, problem: string])[] = [
  ['strictNullChecks', 'const a: number = undefined;', 'TS2322'],
  ['strictNullChecks', "const found = ['a'].find((x) => x === 'b'); found.length", 'TS18048'],
  ['noImplicitAny', 'const f = (x) => x;', 'TS7006'],
  ['noImplicitAny', "const o = {}; o['key']", 'TS7053'],
  ['noImplicitThis', 'const h = { f: function () { return function () { return this; }; } };', 'TS2683'],
  ['useUnknownInCatchVariables', 'try { } catch (error) { error.message }', 'TS18046'],
  ['strictPropertyInitialization', 'class C { x: number }', 'TS2564'],
  ['strictFunctionTypes', 'const g: (x: string | number) => void = (x: string) => {};', 'TS2322'],
  ['strictBindCallApply', "((x: number) => x).call(undefined, 'a')", 'TS2345'],
  ['noUncheckedIndexedAccess', 'const first: number = [1, 2][0];', 'TS2322'],
  ['noUncheckedIndexedAccess', 'const table: Record<string, number> = {}; const n: number = table.a;', 'TS'],
  ['exactOptionalPropertyTypes', 'const settings: { seed?: number } = { seed: undefined };', 'TS2375'],
  ['noImplicitOverride', 'class A { m() {} } class B extends A { m() {} }', 'TS4114'],
  ['noImplicitReturns', 'function r(x: number): number | undefined { if (x > 1) return 1; }', 'TS7030'],
  ['noPropertyAccessFromIndexSignature', 'const by: Record<string, number> = {}; by.name', 'TS4111'],
  ['wrong argument', "Math.sqrt('4')", 'TS2345'],
  ['wrong number of arguments', 'JSON.parse()', 'TS2554'],
  ['unknown property', '[1].lenght', 'TS2551'],
  ['unreachable case of a union', "const kind = 'a' as 'a' | 'b'; kind === 'c'", 'TS2367'],
  ['a forgotten await', 'const n: number = Promise.resolve(1);', 'TS2322'],
  ['syntax', 'const = 3', 'TS1'],
  ['an unclosed bracket', 'const x = (1;', 'TS1005'],
];

const ALLOWED: readonly (readonly [title: string, code: string])[] = [
  [
    'unused names, parameters and imports',
    "import * as path from 'node:path'; const unused = 1; const f = (x: number): number => 1;",
  ],
  ['unreachable code and labels', 'function early() { return 1; 2; } here: for (;;) { break; }'],
  [
    'enums and namespaces, although the project erases types only',
    'enum E { A } namespace N { export const a = 1 } class P { constructor(readonly x: number) {} }',
  ],
  ['imports of types without `type`', "import { Stats } from 'node:fs'; let stats: Stats | undefined;"],
];

describe('The strictness of cells', () => {
  const { run, fails, kernel } = notebook({ cwd: ROOT });

  for (const [rule, code, problem] of REFUSED) {
    it(`refuses ${code} (${rule})`, async () => {
      const { ename, evalue } = await fails(code);
      assert.equal(ename, 'CompileError');
      assert.ok(evalue.startsWith(problem), evalue);
    });
  }

  for (const [title, code] of ALLOWED) it(`allows ${title}`, async () => void (await run(code)));

  it('lists all errors, each with number, line and a mark below the place', async () => {
    const { evalue, traceback } = await fails(
      "const a: number = 'a';\n\nconst b: string = 2;\nlet ok = 1;\nunknownName;",
    );
    const text = traceback.join('\n');
    assert.match(evalue, /^TS2322: Type 'string' is not assignable to type 'number'/);
    assert.deepEqual(text.match(/TS\d+/g), ['TS2322', 'TS2322', 'TS2304']);
    assert.deepEqual(
      text.match(/cell\[\d+\], line \d+/g)?.map((place) => place.replace(/.*, /, '')),
      ['line 1', 'line 3', 'line 5'],
    );
    const [line = '', mark = ''] = text
      .split('\n')
      .slice(text.split('\n').findIndex((l) => l.includes('unknownName;')));
    assert.equal(mark.indexOf('^'), line.indexOf('unknownName'));
    assert.equal(mark.trimEnd().lastIndexOf('^') - mark.indexOf('^') + 1, 'unknownName'.length);
  });

  it('runs nothing of a cell that does not compile', async () => {
    const { stdout, status } = await kernel().execute("console.log('started');\nconst a: number = 'a';");
    assert.deepEqual([stdout, status], ['', 'error']);
  });

  it('shows a long reason in full', async () => {
    const code =
      'const wrong: { a: { b: { c: number }[] } } = { a: { b: [{ c: "text" }] } };\nconst f: (x: { y: number }) => void = (x: { y: string }) => {};';
    assert.match(
      (await fails(code)).traceback.join('\n'),
      /Types of property 'y' are incompatible[\s\S]*Type 'number' is not assignable to type 'string'/,
    );
  });
});

describe('The strictness of cells in another project', () => {
  const project = createProject({
    'package.json': '{ "name": "loose", "type": "module" }',
    'base.json': '{ "compilerOptions": { "noUncheckedIndexedAccess": true } }',
    'tsconfig.json': '{ "extends": "./base.json", "compilerOptions": { "noImplicitReturns": true } }',
  });
  after(() => project.remove());
  const { run, fails } = notebook({ cwd: project.folder });

  it('is that of its tsconfig.json, and of what this extends', async () => {
    assert.match((await fails('const first: number = [1][0];')).evalue, /^TS2322/);
    assert.match((await fails('function r(x: number) { if (x > 1) return 1; }')).evalue, /^TS7030/);
    await run('const settings: { seed?: number } = { seed: undefined };');
  });

  it('is `strict` in any case', async () => {
    assert.match((await fails('const f = (x) => x;')).evalue, /^TS7006/);
  });
});
