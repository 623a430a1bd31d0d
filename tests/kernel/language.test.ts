// Cells behave as one TypeScript program that grows, in which every name may be declared anew.
import assert from 'node:assert/strict';
import { testPage } from './cells.js';
import { notebook } from './notebook.js';

/** Every way to declare `v`: code and the value that it shows. */
const DECLARATIONS: Readonly<Record<string, readonly [code: string, value: string]>> = {
  const: ['const v = 1; v', '1'],
  let: ["let v = 'a'; v", "'a'"],
  var: ['var v = true; v', 'true'],
  function: ['function v(): number { return 2 } v()', '2'],
  generator: ['function* v(): Generator<number> { yield 4 } [...v()]', '[ 4 ]'],
  class: ['class v { static s = 5 } v.s', '5'],
  enum: ['enum v { A = 7 } v.A', '7'],
  namespace: ['namespace v { export const s = 9 } v.s', '9'],
  'namespace import': ["import * as v from 'node:path'; v.basename('a/b')", "'b'"],
  'named import': ["import { basename as v } from 'node:path'; v('a/c')", "'c'"],
  destructuring: ['const { a: v } = { a: 10 }; v', '10'],
  type: ['type v = string; const ofType: v = `t`; ofType', "'t'"],
  interface: ['interface v { a: number } const ofInterface: v = { a: 11 }; ofInterface.a', '11'],
};

describe('The language of cells', () => {
  const { run, value, kernel } = notebook();

  describe('Names', () => {
    const kinds = Object.entries(DECLARATIONS);
    for (const [index, [kind, [code, shown]]] of kinds.entries()) {
      it(`${kind} may follow and precede any declaration of the same name`, async () => {
        assert.equal(await value(code), shown);
        assert.equal(await value(code), shown, `${kind}, then ${kind}`);
        for (const [other, [otherCode, otherShown]] of kinds.slice(index + 1)) {
          assert.equal(await value(otherCode), otherShown, `${kind}, then ${other}`);
          assert.equal(await value(code), shown, `${other}, then ${kind}`);
        }
      });
    }
  });

  testPage('language', { kernel });

  describe('Values', () => {
    const shown: readonly (readonly [code: string, value: string | undefined])[] = [
      ['({ a: 1 })', '{ a: 1 }'],
      ['const noSemicolon = 4\nnoSemicolon', '4'],
      ['5;', '5'],
      ['5; // a remark', '5'],
      ['5;;', '5'],
      ['const crlf = 1;\r\ncrlf + 1\r\n', '2'],
      ['(() => {})', '[Function (anonymous)]'],
      ['if (true) { 6 }', undefined],
      ['const declaredOnly = 7', undefined],
      ['let assigned: number; assigned = 8', '8'],
      ['', undefined],
      [' \n\t\n', undefined],
      ['// nothing', undefined],
      ['/* nothing */', undefined],
      [';', undefined],
    ];
    for (const [code, text] of shown) {
      it(`${JSON.stringify(code)} shows ${text ?? 'nothing'}`, async () => assert.equal(await value(code), text));
    }
  });

  it('remembers 50 cells', async () => {
    for (let cell = 0; cell < 50; cell += 1) await run(`const cell${cell} = ${cell};`);
    assert.equal(await value('cell0 + cell20 + cell49'), '69');
  });
});

describe('A cell may hide a global name', () => {
  const { run, value } = notebook();
  const hidden = [
    ["import { setTimeout } from 'node:timers/promises'; await setTimeout(5, 'waited')", "'waited'"],
    ["const URL = 'a'; const crypto = 'b'; const performance = 'c'; URL + crypto + performance", "'abc'"],
    ['const Map = 3; const Promise = 4; const Error = 5; const Object = 6; Map + Promise + Error + Object', '18'],
    ['const console = 1; const process = 2; const globalThis = 3; console + process + globalThis', '6'],
  ] as const;
  for (const [code, shown] of hidden) {
    it(`${code} leaves the kernel and packages as they were`, async () => {
      assert.equal(await value(code), shown);
      assert.equal(await value('({ a: [1] })'), '{ a: [ 1 ] }');
      await run("import * as statistics from 'simple-statistics';");
      assert.equal(await value('statistics.mean([1, 2, 6])'), '3');
    });
  }
});

describe('A cell that hides a global name', () => testPage('globals', notebook()));

describe('A name of a cell', () => testPage('names', notebook()));
