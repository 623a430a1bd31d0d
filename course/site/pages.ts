import { type Cell, type Notebook, notebookOf, textOf } from '../notebook.js';
import { withoutSolution } from '../solution.js';
import type { Executed } from './executed.js';
import { type Head, headOf } from './head.js';
import { plainText } from './plain-text.js';
import { cutAtHeadings, sectionsOf } from './sections.js';

/** A page before nbconvert: a notebook whose metadata says, as `site`, what the template puts around its cells. */
export interface Page {
  readonly name: string;
  readonly notebook: Notebook;
}

/** The pages of a site: one per notebook, a first page and one for searching. */
export function pagesOf(course: readonly Executed[]): readonly Page[] {
  const pages = course.map(({ source }) => headOf(source));
  const notebooks = course.map((each, index) => {
    const cells = linked(pageCells(each), pages);
    const sections = sectionsOf(cells).slice(1);
    return page(cells, {
      kind: 'notebook',
      name: pages[index]!.name,
      title: pages[index]!.question,
      pages,
      sections: sections.map(({ anchor, heading }) => ({ anchor, heading: plainText(heading) })),
      ...neighbours(pages, index),
    });
  });
  const index = page([], { kind: 'index', name: 'index', title: 'See what a neural network has learnt', pages });
  const search = page([], { kind: 'search', name: 'search', title: 'Search', pages });
  return [...notebooks, index, search];
}

/** The cells of a notebook's page: cut at headings, answers with the stub that students start from. */
export function pageCells({ source, notebook }: Executed): readonly Cell[] {
  const cells = notebook.cells.map((cell, index) => {
    const { kind, exercise, ...rest } = source.cells[index]!;
    if (exercise === undefined || kind === 'markdown') return cell;
    const stub = withoutSolution({ kind, exercise, ...rest });
    return { ...cell, metadata: { ...cell.metadata, stub } };
  });
  return cutAtHeadings(cells);
}

/** The cells with the names of notebooks in their text as links to the pages. */
function linked(cells: readonly Cell[], pages: readonly Head[]): readonly Cell[] {
  const names = new Set(pages.map(({ name }) => name));
  const link = (code: string, name: string): string => (names.has(name) ? `[${code}](${name}.html)` : code);
  return cells.map((cell) =>
    cell.cell_type === 'markdown' ? { ...cell, source: textOf(cell.source).replace(/`([^`]+)`/g, link) } : cell,
  );
}

interface Site {
  readonly kind: 'notebook' | 'index' | 'search';
  readonly name: string;
  readonly title: string;
  readonly pages: readonly Head[];
  readonly sections?: readonly { readonly anchor: string; readonly heading: string }[];
  readonly previous?: Head;
  readonly next?: Head;
}

function page(cells: readonly Cell[], site: Site): Page {
  const notebook = notebookOf(cells);
  return { name: site.name, notebook: { ...notebook, metadata: { ...notebook.metadata, site } } };
}

function neighbours(pages: readonly Head[], index: number): Pick<Site, 'previous' | 'next'> {
  const [previous, next] = [pages[index - 1], pages[index + 1]];
  return { ...(previous && { previous }), ...(next && { next }) };
}
