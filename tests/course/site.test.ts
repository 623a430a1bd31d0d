import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCourse, solutionNotebook } from '../../course/course.js';
import { type Cell, formatNotebook, type Notebook } from '../../course/notebook.js';
import { executedBefore } from '../../course/site/executed.js';
import { formulaText } from '../../course/site/formula-text.js';
import { headOf } from '../../course/site/head.js';
import { pagesOf } from '../../course/site/pages.js';
import { plainText } from '../../course/site/plain-text.js';
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
    assert.throws(() => headOf({ ...first, cells }), /^Error: site needs a first cell .* \(exercises\/00-start\.ts\)$/);
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
    assert.match(text!, /^You will learn to run a cell/);
    assert.match(text!, /Click into the grey one below and press Shift \+ Enter: the cell runs/);
    assert.match(text!, /const seconds = 24 \* 60 \* 60; seconds;/);
  });

  it('finds formulas as text, without TeX', () => {
    const script = searchIndex(course.map((source) => ({ source, notebook: ran(source) })));
    const entries = JSON.parse(/ = (.*);\n$/.exec(script)![1]!) as {
      readonly heading: string;
      readonly text: string;
    }[];
    const prose = entries.map(({ heading, text }) => `${heading} ${text}`).join('\n');
    assert.ok(prose.includes('Two runs that differ by 10⁻⁸'));
    assert.ok(prose.includes('respect to an observable, ∂f/∂xᵢ, says how the output answers'));
    assert.ok(!/\\(?:frac|partial|sum|sqrt|bar)/.test(prose));
  });

  it('links the names of its notebooks in running text, and no others', () => {
    const [page] = pagesOf(course.slice(0, 2).map((source) => ({ source, notebook: ran(source) })));
    const text = page!.notebook.cells
      .map(({ source }) => (Array.isArray(source) ? source.join('') : source))
      .join('\n');
    assert.match(text, /\*\*Next\*\* \[`01-gradients`\]\(01-gradients\.html\)/);
    assert.doesNotMatch(text, /02-roc-curves\.html/);
  });
});

describe('formulas as text', () => {
  for (const [tex, text] of [
    ['\\frac{\\partial^2 f}{\\partial x_i^2}', '∂²f/∂xᵢ²'],
    ['p = \\frac{1}{1 + e^{-z}}', 'p = 1/(1 + e⁻ᶻ)'],
    ['\\sum_{i \\le j} t_{ij}\\, \\delta_i', '∑_(i≤j)tᵢⱼ δᵢ'],
    ['\\bar v \\pm \\sqrt{n\\,(n - 1)}', 'v̄ ± √(n (n − 1))'],
    ['\\Phi(z) = \\operatorname{erf}(z/\\sqrt 2)', 'Φ(z) = erf(z/√2)'],
    ['\\mu_b < -\\ln 2', 'μ_b < − ln 2'],
    ['\\dot X_{k-1}, \\quad n!', 'Ẋₖ₋₁, n!'],
  ] as const) {
    it(`writes ${tex} as ${text}`, () => assert.equal(formulaText(tex).normalize('NFC'), text.normalize('NFC')));
  }

  it('refuse what is no TeX', () => {
    assert.throws(() => formulaText('\\frac{1'));
  });
});

describe('plain text', () => {
  it('has no marks of Markdown, but code and sums as they are written', () => {
    const markdown =
      '## *One* [link](there.html)\n* **two** `a * b` and 3 * 4, `$x_1$` is $x_1$, <summary>for</summary>$5';
    assert.equal(plainText(markdown), 'One link two a * b and 3 * 4, $x_1$ is x₁, for $5');
  });
});
