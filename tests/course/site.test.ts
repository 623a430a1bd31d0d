import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCourse, solutionNotebook } from '../../course/course.js';
import { type Cell, formatNotebook, type Notebook } from '../../course/notebook.js';
import { executedBefore } from '../../course/site/executed.js';
import { headOf } from '../../course/site/head.js';
import { searchIndex } from '../../course/site/search-index.js';
import { cutAtHeadings, sectionsOf } from '../../course/site/sections.js';
import type { Source } from '../../course/source.js';

const course = await readCourse();
const first = course[0]!;

/** The notebook as if it had run. */
function ran(source: Source): Notebook {
  const notebook = solutionNotebook(source);
  const cells = notebook.cells.map((cell) => (cell.cell_type === 'code' ? { ...cell, execution_count: 1 } : cell));
  return { ...notebook, cells };
}

describe('the site of the course', () => {
  it('knows of every notebook its question, what one learns, its time and what it needs', () => {
    const names = course.map(({ name }) => name);
    for (const source of course) {
      const { question, learn, minutes, needs } = headOf(source);
      assert.match(question, /\?$/);
      assert.match(learn, /^\*\*You will learn\*\*/);
      assert.ok(minutes >= 5 && minutes <= 60);
      assert.ok(needs.every((need) => names.indexOf(need) < names.indexOf(source.name) && names.includes(need)));
    }
  });

  it('refuses a notebook without a head', () => {
    const cells = [{ kind: 'markdown' as const, text: '# A question?', line: 1 }];
    assert.throws(
      () => headOf({ ...first, cells }),
      /^Error: headOf needs a first cell .* \(exercises\/00-start\.ts\)$/,
    );
  });

  it('takes a notebook that has run, unless its cells are others today or one of them failed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'netlens-executed-'));
    const keep = (notebook: Notebook) => writeFile(join(folder, '00-start.ipynb'), formatNotebook(notebook));
    try {
      assert.equal(await executedBefore(first, folder), undefined);
      await keep(ran(first));
      assert.deepEqual(await executedBefore(first, folder), ran(first));
      await keep({ ...ran(first), cells: ran(first).cells.slice(1) });
      assert.equal(await executedBefore(first, folder), undefined);
      await keep(solutionNotebook(first));
      assert.equal(await executedBefore(first, folder), undefined);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('cuts text at its headings, and nothing else', () => {
    const text: Cell = {
      id: 'a',
      cell_type: 'markdown',
      metadata: {},
      source: ['# One\n', 'more\n', '## Two\n', '#3'],
    };
    const code: Cell = { ...text, id: 'b', cell_type: 'code' };
    const cells = cutAtHeadings([text, code]);
    assert.deepEqual(
      cells.map(({ id, source }) => [id, source]),
      [
        ['a', '# One\nmore\n'],
        ['a_1', '## Two\n#3'],
        ['b', text.source],
      ],
    );
    const sections = sectionsOf(cells).map(({ anchor, heading, cells: own }) => [anchor, heading, own.length]);
    assert.deepEqual(sections, [
      ['a', 'One', 1],
      ['a_1', 'Two', 2],
    ]);
  });

  it('finds words as one reads them, without the marks of Markdown', () => {
    const script = searchIndex([{ source: first, notebook: ran(first) }]);
    const entries = JSON.parse(/^globalThis\.searchIndex = (.*);\n$/.exec(script)![1]!) as Record<string, string>[];
    const { page, heading, text } = entries[0]!;
    assert.deepEqual([page, heading], ['00-start', 'How does a notebook in TypeScript work?']);
    assert.match(text!, /Click into the grey one below and press Shift \+ Enter: the cell runs/);
    assert.match(text!, /const seconds = 24 \* 60 \* 60; seconds;/);
  });
});
