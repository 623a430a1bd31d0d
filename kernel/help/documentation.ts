// What is known about a name, as text and as Markdown.
import type ts from 'typescript';
import type { Json } from '../threads.js';

/** The MIME bundle for an inspect_reply. */
export function documentation(info: ts.QuickInfo): Json {
  const signature = plain(info.displayParts);
  const text = plain(info.documentation);
  const tags = (info.tags ?? []).map(({ name, text: parts }) => ({ name, text: plain(parts) }));
  const lines = [signature, text, ...tags.map((tag) => `@${tag.name} ${tag.text}`)];
  const sections = [fenced(signature), text, tags.map(tagMarkdown).join('\n')];
  return { 'text/plain': lines.filter(Boolean).join('\n'), 'text/markdown': sections.filter(Boolean).join('\n\n') };
}

function plain(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join('');
}

function tagMarkdown({ name, text }: { name: string; text: string }): string {
  if (name === 'example') return `\n*@example*\n${text.includes('```') ? text : fenced(text)}`;
  const named = name === 'param' ? text.replace(/^(\S+) (?=\S)/, '`$1` ') : text;
  return `- *@${name}* ${named}`;
}

function fenced(code: string): string {
  return `\`\`\`typescript\n${code}\n\`\`\``;
}
