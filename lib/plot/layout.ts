import { need } from '../need.js';
import type { Axis, FigureLayout } from './plotly-layout.js';
import type { Title } from './plotly-title.js';
import type { ColourBar } from './plotly-traces.js';

const ink = '#222222';
const faint = '#E4E4E4';
const SMALLEST = 200;
const LARGEST = 10_000;

/** How much of a figure is its own: everything else is the same for all figures. */
export interface Frame {
  /** The function that makes it, for messages. */
  readonly owner: string;
  readonly title: string;
  /** What the axes are called, by the options that say so. */
  readonly axes?: Readonly<Record<string, string>>;
  /** A line under the title, for what was left out or computed. */
  readonly caption?: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly legend: boolean;
}

/** Throws a RangeError unless a title is text. */
export function checkTitle(owner: string, title: unknown): void {
  need(typeof title === 'string' && title.trim() !== '', `${owner} needs a title`, title);
}

/** The layout that all figures share: title at the left, legend under it and above the data, white paper. */
export function frame({ owner, title, caption, axes, width, height, legend }: Frame): FigureLayout {
  checkTitle(owner, title);
  for (const [name, text] of Object.entries({ ...axes, ...(caption !== undefined && { caption }) }))
    need(typeof text === 'string', `${owner} needs text as ${name}`, text, TypeError);
  const isDrawable = [width, height].every((size) => size >= SMALLEST && size <= LARGEST);
  need(isDrawable, `${owner} needs a width and a height of ${SMALLEST} to ${LARGEST} pixels`, [width, height]);
  const lines = [
    ...wrapped(title, Math.floor(width / 10.5)),
    ...wrapped(caption ?? '', Math.floor(width / 7.2)).map((line) => `<span style="font-size: 12px">${line}</span>`),
  ];
  const margin = { l: 72, r: 24, t: 26 + 22 * lines.length + (legend ? 26 : 0), b: 60 };
  const aboveData = 1 + 8 / (height - margin.t - margin.b);
  return {
    title: titleOf(lines),
    width,
    height,
    font: { family: '"DejaVu Sans", Verdana, sans-serif', size: 13, color: ink },
    margin,
    paper_bgcolor: '#FFFFFF',
    plot_bgcolor: '#FFFFFF',
    showlegend: legend,
    hovermode: 'closest',
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: aboveData, yanchor: 'bottom' },
  };
}

function titleOf(lines: readonly string[]): Title {
  return {
    text: lines.join('<br>'),
    font: { size: 17, color: ink },
    x: 0,
    xref: 'container',
    xanchor: 'left',
    y: 1,
    yref: 'container',
    yanchor: 'top',
    pad: { l: 16, t: lines.length > 1 ? 26 : 14 }, // several lines hang from the baseline of the first
  };
}

/** An axis with its title, a thin frame and faint lines. */
export function axis(title: string, own: Axis = {}): Axis {
  return {
    title: { text: title, standoff: 10 },
    automargin: true,
    ticks: 'outside',
    tickcolor: ink,
    showline: true,
    mirror: true,
    linecolor: ink,
    linewidth: 1,
    gridcolor: faint,
    zeroline: false,
    exponentformat: 'power',
    ...own,
  };
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The bar that says which colour is which value. */
export function colourBar(title: string): ColourBar {
  return {
    title: { text: title, side: 'right' },
    thickness: 16,
    outlinewidth: 1,
    ticks: 'outside',
    ticksuffix: '\u00a0\u00a0', // keeps the title away from the numbers
    exponentformat: 'power',
  };
}
