import temml from 'temml';

// nbconvert leaves formulas as TeX for MathJax, which a page would have to load from the network. Browsers draw MathML
// themselves, and screen readers read it.

const markdown = /(<div class="[^"]*\bjp-MarkdownOutput\b[^"]*"[^>]*>)([\s\S]*?)(?=<div class="jp-Cell |<\/main>|$)/g;
const untouched = /<pre\b[\s\S]*?<\/pre>|<code\b[\s\S]*?<\/code>|<[^>]*>/;
export const formula = /\$\$(?<display>[^$]+)\$\$|\$(?<inline>[^\s$](?:[^$]*[^\s$])?)\$(?!\d)/;
const either = new RegExp(`(?<untouched>${untouched.source})|${formula.source}`, 'g');
const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/**
 * A page of nbconvert with the formulas of its Markdown cells as MathML. Code and other cells stay as they are.
 *
 * @throws Error if a formula cannot be read as TeX, with the formula.
 */
export function withMathMl(page: string): string {
  return page.replace(markdown, (_, start: string, content: string) => start + content.replace(either, replacement));
}

function replacement(found: string, ...rest: unknown[]): string {
  const { display, inline } = rest.at(-1) as { readonly display?: string; readonly inline?: string };
  const tex = display ?? inline;
  return tex === undefined ? found : mathMl(tex, display !== undefined);
}

function mathMl(escaped: string, displayMode: boolean): string {
  const tex = escaped.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity]!);
  try {
    return temml.renderToString(tex, { displayMode, annotate: true, throwOnError: true });
  } catch (error) {
    throw new Error(`formula that is no TeX: ${tex}`, { cause: error });
  }
}
