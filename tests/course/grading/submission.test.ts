import assert from 'node:assert/strict';
import { readSubmission } from '../../../course/grading/submission.js';
import { type Cell, createCodeCell, type Notebook } from '../../../course/notebook.js';
import { answered, CUBE, changed, powers, released, SQUARE } from './powers.js';

const read = (content: unknown) =>
  readSubmission(new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)), [powers]);
const kinds = (notebook: unknown) => read(notebook).remarks.map(({ kind }) => kind);
const square = (notebook: unknown) => read(notebook).answers.get('square');
const given = released.cells.find(({ cell_type, id }) => cell_type === 'code' && id !== 'square')!.id;
const parts = (cell: Cell, texts: readonly string[]) =>
  texts.map((source, n) => ({ ...cell, id: `part-${n}`, source }));
const isSquare = ({ id }: Cell): boolean => id === 'square';

describe('readSubmission', () => {
  it('takes the answers by their exercise, and has nothing to say about an honest notebook', () => {
    assert.deepEqual(read(answered(SQUARE, CUBE)), {
      notebook: '00-powers',
      answers: new Map([
        ['square', SQUARE],
        ['cube', CUBE],
      ]),
      remarks: [],
    });
  });

  it('finds answers and given cells where an editor has dropped the ids, and lines that end as on Windows', () => {
    const bare = changed(answered(SQUARE.replaceAll('\n', '\r\n')), (cells) =>
      cells.map(({ id: _, ...cell }) => cell as Cell),
    );
    assert.equal(square(bare), SQUARE);
    assert.deepEqual(kinds(bare), []);
  });

  it('finds an answer whose metadata were dropped by its id', () => {
    assert.equal(
      square(changed(answered(SQUARE), (cells) => cells.map((cell) => ({ ...cell, metadata: {} })))),
      SQUARE,
    );
  });

  it('says that a notebook is of another release, and takes its answers', () => {
    const older = {
      ...answered(SQUARE),
      metadata: { ...released.metadata, netlens: { notebook: '00-powers', release: 'old' } },
    };
    assert.equal(square(older), SQUARE);
    assert.deepEqual(kinds(older), ['release']);
    assert.deepEqual(kinds({ ...answered(SQUARE), metadata: {} }), ['release']);
  });

  it('of an answer cell that is there twice takes the first that says something', () => {
    const doubled = changed(released, (cells) =>
      cells.flatMap((cell) => (isSquare(cell) ? [cell, { ...cell, id: 'copy', source: SQUARE }] : [cell])),
    );
    assert.equal(square(doubled), SQUARE);
    assert.deepEqual(kinds(doubled), ['duplicate']);
  });

  it('says that cells are in another order, and that one is missing', () => {
    assert.deepEqual(kinds(changed(answered(SQUARE), (cells) => cells.toReversed())), ['reordered']);
    const without = changed(answered(), (cells) => cells.filter((cell) => !isSquare(cell)));
    assert.deepEqual(kinds(without), ['missing']);
    assert.match(square(without)!, /todo\('square'\)/);
  });

  it('says where an answer was moved to, and does not take it', () => {
    const moved = changed(released, (cells) => [...cells, createCodeCell('mine', SQUARE)]);
    assert.deepEqual(kinds(moved), ['moved', 'added']);
    assert.match(square(moved)!, /todo/);
  });

  it('says that given cells were edited or deleted, prose included', () => {
    const edited = changed(released, (cells) => cells.map((cell) => ({ ...cell, source: `${cell.source}\n` })));
    assert.deepEqual(kinds(edited), ['edited', 'edited', 'edited']);
    assert.deepEqual(kinds(changed(released, (cells) => cells.slice(1))), ['deleted']);
  });

  const HELPED = 'function square(x: number): number {\n  return times(x, x);\n}';
  const TIMES = 'const times = (x: number, y: number): number => plus(x) * y;';
  const PLUS = 'function plus(x: number): number {\n  return x;\n}';
  /** The notebook with an answer, and with these cells in front of it. */
  const beside = (answer: string, ...texts: readonly string[]) =>
    changed(answered(answer), (cells) => [
      ...texts.map((text, index) => createCodeCell(`own-${index}`, text)),
      ...cells,
    ]);

  it('runs with an answer what it stands on in other cells of the student, and nothing else of them', () => {
    const helped = beside(
      HELPED,
      `const x = 1;\n${PLUS}\nplus(x);`,
      'const times = 3;',
      `${TIMES}\nconst cube = 3;`,
      'x;',
    );
    assert.equal(square(helped), [PLUS, TIMES, HELPED].join('\n'));
    const { remarks, answers } = read(helped);
    assert.match(answers.get('cube')!, /todo/);
    assert.deepEqual(
      remarks.map(({ text }) => text),
      [
        'the answer to square stands on declarations in cell 1, which were run with it',
        'the answer to square stands on declarations in cell 3, which were run with it',
        'added cells were not used (cells 2, 4)',
      ],
    );
  });

  it('runs with an answer what was imported or declared in a given cell', () => {
    const add = "import { hypot } from './mine.js';";
    const edited = changed(answered('const square = hypot;'), (cells) =>
      cells.map((cell) => (cell.id === given ? { ...cell, source: `${[cell.source].flat().join('')}\n${add}` } : cell)),
    );
    assert.equal(square(edited), `${add}\nconst square = hypot;`);
    assert.deepEqual(kinds(edited), ['edited', 'added']);
  });

  it('finds an answer whose cell was split, or copied for something else', () => {
    const [first, second] = [TIMES.replace('plus(x)', 'x'), HELPED];
    for (const texts of [
      [first, second],
      [second, first],
      ['square(3);', `${first}\n${second}`],
    ])
      assert.equal(
        square(changed(released, (cells) => cells.flatMap((cell) => (isSquare(cell) ? parts(cell, texts) : [cell])))),
        `${first}\n${second}`,
      );
  });

  it('finds an answer in another cell where none is left for it, also without any metadata', () => {
    const bare = changed({ ...answered(HELPED, CUBE), metadata: {} }, (cells) =>
      cells.map(({ cell_type, source, outputs }) => ({ cell_type, source, outputs, metadata: {} }) as unknown as Cell),
    );
    const { answers, remarks } = read(
      changed(bare, (cells) => [createCodeCell('x', TIMES.replace('plus(x)', 'x')), ...cells]),
    );
    assert.equal(answers.get('square'), `${TIMES.replace('plus(x)', 'x')}\n${HELPED}`);
    assert.equal(answers.get('cube'), CUBE);
    assert.deepEqual(
      remarks.map(({ kind }) => kind),
      ['release', 'missing', 'missing', 'moved', 'added', 'moved'],
    );
  });

  it('takes a notebook of the course as Colab saves it, or another editor that knows no such kernel', () => {
    const saved = {
      ...changed(answered(SQUARE), (cells) =>
        cells.map(({ id, ...cell }) => ({ ...cell, metadata: { ...cell.metadata, id } }) as unknown as Cell),
      ),
      metadata: {
        ...released.metadata,
        colab: { provenance: [] },
        kernelspec: { name: 'python3', display_name: 'Python 3' },
      },
      nbformat_minor: 0,
    };
    assert.equal(square(saved), SQUARE);
    assert.deepEqual(kinds(saved), []);
  });

  it('takes an answer of which a key that was pressed by mistake has made Markdown, and says so', () => {
    const turned = changed(answered(SQUARE), (cells) =>
      cells.map((cell) => (isSquare(cell) ? { ...cell, cell_type: 'markdown' } : cell)),
    );
    assert.equal(square(turned), SQUARE);
    assert.deepEqual(kinds(turned), ['edited']);
  });

  it('reads on where a cell of the student is nested so that no parser gets to its end', () => {
    const nested = `const a = ${'('.repeat(20_000)}1${')'.repeat(20_000)};`;
    assert.equal(square(beside(HELPED, nested)), HELPED);
  });

  it('repeats little of what a file says about itself, whatever it is', () => {
    for (const release of ['x'.repeat(1e6), { toString: 1 }]) {
      const { remarks } = read({ ...released, metadata: { netlens: { notebook: '00-powers', release } } });
      assert.ok(remarks[0]!.text.length < 200);
    }
  });

  it('takes an answer for what it is: text that is not run and may be anything', () => {
    assert.equal(square(answered('process.exit(1)')), 'process.exit(1)');
    assert.equal(square(JSON.stringify(answered(SQUARE)).replace('{', '{"__proto__":{"nbformat":3},')), SQUARE);
  });

  const refused: readonly [string, unknown, RegExp][] = [
    ['what is no JSON', '{ "cells": [', /not JSON/],
    ['bytes that are no text', '\u0000', /not JSON/],
    ['JSON that is no notebook', '[1, 2]', /not a notebook/],
    ['nothing', 'null', /not a notebook/],
    ['an older format', { ...released, nbformat: 3 }, /nbformat 4/],
    ['another kernel', { ...released, metadata: { kernelspec: { name: 'python3' } } }, /another kernel: python3/],
    ['a notebook of another course', { ...released, cells: [], metadata: {} }, /none of the notebooks/],
    ['too many cells', { ...released, cells: new Array(3000).fill(released.cells[0]) }, /3000 cells/],
    ['a cell without text', { ...released, cells: [{ cell_type: 'code', source: 7 }] }, /cell 1 has no text/],
    ['a cell that is none', { ...released, cells: [null] }, /cell 1 has no text/],
  ];
  for (const [what, content, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(content as Notebook | string), message);
    });
  }
});
