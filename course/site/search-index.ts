import { type Cell, textOf } from '../notebook.js';
import type { Executed } from './executed.js';
import { headOf } from './head.js';
import { pageCells } from './pages.js';
import { plainText } from './plain-text.js';
import { sectionsOf } from './sections.js';

/** What the search knows of a section of a page. */
interface Entry {
  readonly page: string;
  readonly question: string;
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
}

/** The words of all pages as a script, which sets `searchIndex`. */
export function searchIndex(course: readonly Executed[]): string {
  return `globalThis.searchIndex = ${JSON.stringify(course.flatMap(entriesOf))};\n`;
}

function entriesOf(each: Executed): readonly Entry[] {
  const { name, question } = headOf(each.source);
  return sectionsOf(pageCells(each)).map(({ anchor, heading: marked, cells }) => {
    const heading = plainText(marked);
    const text = cells.map(wordsOf).join(' ').slice(heading.length).trim(); // it begins with the heading
    return { page: name, question, anchor, heading, text };
  });
}

/** The text and code of a cell, and the descriptions of its figures. */
function wordsOf({ cell_type, source, outputs = [] }: Cell): string {
  const own = cell_type === 'markdown' ? plainText(textOf(source)) : textOf(source).replace(/\s+/g, ' ');
  const figures = outputs.map(({ metadata }) => (metadata?.['image/png'] as { alt?: string } | undefined)?.alt ?? '');
  return [own, ...figures].join(' ').trim();
}
