import assert from 'node:assert/strict';
import { readSubmission } from '../../../course/grading/submission.js';
import { type Cell, createCodeCell, type Notebook } from '../../../course/notebook.js';
import { answered, CUBE, changed, powers, released, SQUARE } from './powers.js';

const read = (content: unknown) =>
  readSubmission(new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)), [powers]);
const kinds = (notebook: unknown) => read(notebook).remarks.map(({ kind }) => kind);
const square = (notebook: unknown) => read(notebook).answers.get('square');
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
