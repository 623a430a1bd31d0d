import { escaped } from '../table.js';
import { type Shown, sectionsBundle } from './sections.js';

/** What stands above an explanation. */
export interface PageHead {
  readonly title: string;
  /** What was explained, as pairs of words. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

const STYLE = `
  :root { color-scheme: light; }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; } dd { margin: 0; }
  section { margin-top: 2.5rem; overflow-x: auto; }
  table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  caption { padding-bottom: .4rem; } th, td { padding: .25rem .7rem; border-bottom: 1px solid #ccc; white-space: nowrap; }`;

/** An explanation as a page that needs nothing else. */
export async function explanationPage({ title, facts }: PageHead, explanation: Shown): Promise<string> {
  const { 'text/html': html } = await sectionsBundle(explanation, 2);
  const list = facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}
</style></head>
<body><main><h1>${escaped(title)}</h1><dl>${list}</dl>
${String(html)}
</main></body>
</html>
`;
}
