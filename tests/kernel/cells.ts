// Tests written as pages: each `ts` block of the Markdown is a cell, and its remarks say what must come of it.
//   // => text      the value that the cell shows ("nothing" where it shows none)
//   // fails: text  the cell fails, and the error's name and message begin with this text
// A cell without a remark must succeed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Execution } from './execution.js';
import type { Notebook } from './notebook.js';

interface Page {
  readonly title: string;
  readonly cases: readonly { readonly title: string; readonly cells: readonly string[] }[];
}

const HEADING = /^(##+) (.+)$/;

/** The sections (`##`), their cases (`###`) and cells of a page. */
function parse(markdown: string): Page[] {
  const pages: { title: string; cases: { title: string; cells: string[] }[] }[] = [];
  let cell: string[] | undefined;
  for (const line of markdown.split('\n')) {
    const [, level, title = ''] = HEADING.exec(line) ?? [];
    if (line === '```ts') cell = [];
    else if (line === '```') {
      pages
        .at(-1)
        ?.cases.at(-1)
        ?.cells.push((cell ?? []).join('\n'));
      cell = undefined;
    } else if (cell) cell.push(line);
    else if (level === '##') pages.push({ title, cases: [] });
    else if (level === '###') pages.at(-1)?.cases.push({ title, cells: [] });
  }
  return pages;
}

/** Makes a suite of every section of `tests/kernel/cells/<name>.md` and a test of every case. */
export function testPage(name: string, { kernel }: Pick<Notebook, 'kernel'>): void {
  for (const page of parse(readFileSync(new URL(`cells/${name}.md`, import.meta.url), 'utf8'))) {
    describe(page.title, () => {
      for (const { title, cells } of page.cases) {
        it(title, async () => {
          for (const code of cells) compare(code, await kernel().execute(code));
        });
      }
    });
  }
}

function compare(code: string, { status, result, error }: Execution): void {
  const shown = error ? `${error.ename}: ${error.evalue}` : String(result?.['text/plain'] ?? 'nothing');
  const [, kind, wanted = ''] = /^\/\/ (=>|fails:) ([\s\S]+?)\n*$/.exec(remark(code)) ?? [];
  const about = `\n${code}\n${error?.traceback.join('\n') ?? ''}`;
  if (kind === 'fails:')
    assert.ok(error && shown.startsWith(wanted), `wanted to fail with ${wanted}, got ${shown}${about}`);
  else assert.equal(status, 'ok', shown + about);
  if (kind === '=>') assert.equal(shown, wanted, `wanted ${wanted}, got ${shown}${about}`);
}

/** The last remark of a cell; its further lines start with `//` and three spaces. */
function remark(code: string): string {
  const lines = code.trimEnd().split('\n');
  const start = lines.findLastIndex((line) => /\/\/ (=>|fails:) /.test(line));
  if (start < 0) return '';
  const [first = '', ...rest] = lines.slice(start);
  return [first.slice(first.search(/\/\/ (=>|fails:) /)), ...rest.map((line) => line.replace(/^\/\/ {4}/, ''))].join(
    '\n',
  );
}
