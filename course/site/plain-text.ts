import { formula } from '../formulas.js';
import { formulaText } from './formula-text.js';

const CODE = /`(?<code>[^`]*)`/;
const MARK = /<\/?(?:details|summary)>|^#+ |^\* |\*+(?=\S)|(?<=\S)\*+/;
const MARKED = new RegExp([CODE, formula, MARK].map(({ source }) => source).join('|'), 'gm');

/** Markdown as one reads it: without its marks, formulas as text. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(MARKED, (found: string, ...rest: unknown[]) => {
      const { code, display, inline } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      const tex = display ?? inline;
      if (tex !== undefined) return formulaText(tex);
      return code ?? (found.startsWith('<') ? ' ' : '');
    })
    .replace(/\s+/g, ' ')
    .trim();
}
