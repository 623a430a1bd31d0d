import { type Box, boxOf, type Edges, transformed, union } from './edges.js';
import type { Context } from './packages.js';

// A page without a browser cannot measure. Plotly measures text to place it, so text is measured here, with the font that
// draws it. Shapes take no room: plotly knows theirs.

/** What is used of a node of the page. */
export interface PageNode {
  readonly nodeType: number;
  readonly tagName?: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
  getAttribute?(name: string): string | null;
}

interface TextFont {
  readonly size: number;
  readonly bold: boolean;
}

/** The font that measures and draws. */
export const fontFamily = 'DejaVu Sans';

const ascent = 0.93;
const descent = 0.24;
const lineHeight = 1.3;
const textNode = 3;

/** The room of the text in an element, in the element's own coordinates (`getBBox`). */
export function ownBox(element: PageNode, pen: Context): Box {
  return boxOf(edges(element, pen));
}

/** The same in the coordinates around the element (`getBoundingClientRect`). */
export function outerBox(element: PageNode, pen: Context): Box {
  return boxOf(transformed(edges(element, pen), attribute(element, 'transform')));
}

function edges(element: PageNode, pen: Context): Edges | undefined {
  if (/^(text|tspan)$/i.test(element.tagName ?? '')) return textEdges(element, pen);
  const inner = Array.from(element.childNodes, (child) =>
    transformed(edges(child, pen), attribute(child, 'transform')),
  );
  return inner.reduce(union, undefined);
}

function textEdges(text: PageNode, pen: Context): Edges | undefined {
  if (!text.textContent) return undefined;
  const font = fontOf(text, { size: 12, bold: false });
  const lines = Array.from(text.childNodes).filter((node) => attribute(node, 'class') === 'line');
  const widths = (lines.length > 0 ? lines : [text]).map((line) => lineWidth(line, font, pen));
  const width = Math.max(...widths);
  const left = (Number(attribute(text, 'x')) || 0) - width * anchor(text);
  const base = Number(attribute(text, 'y')) || 0;
  const bottom = base + font.size * (descent + lineHeight * (widths.length - 1));
  return { left, right: left + width, top: base - font.size * ascent, bottom };
}

function anchor(text: PageNode): number {
  const style = attribute(text, 'style');
  const side = attribute(text, 'text-anchor') || /text-anchor:\s*(\w+)/.exec(style)?.[1];
  return side === 'middle' ? 0.5 : side === 'end' ? 1 : 0;
}

function lineWidth(node: PageNode, around: TextFont, pen: Context): number {
  const font = fontOf(node, around);
  if (node.nodeType !== textNode) {
    return Array.from(node.childNodes).reduce((sum, child) => sum + lineWidth(child, font, pen), 0);
  }
  pen.font = `${font.bold ? 'bold ' : ''}${font.size}px "${fontFamily}"`;
  return pen.measureText(node.textContent ?? '').width;
}

function fontOf(node: PageNode, around: TextFont): TextFont {
  const style = attribute(node, 'style');
  const [, number, unit] = /font-size:\s*([\d.]+)(px|%)/.exec(style) ?? [];
  const size =
    number === undefined ? around.size : unit === '%' ? (around.size * Number(number)) / 100 : Number(number);
  return { size, bold: around.bold || /font-weight:\s*(bold|[6-9]00)/.test(style) };
}

function attribute(node: PageNode, name: string): string {
  return node.getAttribute?.(name) ?? '';
}
