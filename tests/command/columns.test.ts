import assert from 'node:assert/strict';
import { columnsFor, select } from '../../lib/command/columns.js';

const table = { columns: ['a', 'b', 'c'], rows: [[1, 2, 3]] };

describe('The columns for a model', () => {
  it('are all inputs if there are no more', () => {
    assert.deepEqual(columnsFor(table, { inputs: 3, outputs: 1 }), { inputs: ['a', 'b', 'c'], targets: [] });
  });

  it('end with the truth, or have it where it is said', () => {
    assert.deepEqual(columnsFor(table, { inputs: 2, outputs: 1 }), { inputs: ['a', 'b'], targets: ['c'] });
    const named = columnsFor(table, { inputs: 2, outputs: 1, targets: ['a'] });
    assert.deepEqual(named, { inputs: ['b', 'c'], targets: ['a'] });
    assert.deepEqual(select(table, named.inputs), [[2, 3]]);
  });

  it('are refused where they do not fit', () => {
    assert.throws(
      () => columnsFor(table, { inputs: 5, outputs: 1 }),
      /needs 5 columns for the inputs, or 6.*got 3 \(a, b, c\)/,
    );
    assert.throws(
      () => columnsFor(table, { inputs: 2, outputs: 2, targets: ['a'] }),
      /a target for each of 2 outputs, got 1/,
    );
    assert.throws(
      () => columnsFor(table, { inputs: 2, outputs: 2, targets: ['a', 'a'] }),
      /^Error: netlens needs every target once, got 'a'$/,
    );
  });
});
