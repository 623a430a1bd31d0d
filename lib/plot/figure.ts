import { type Bundle, type Displayable, jupyterDisplay, jupyterMetadata } from './display.js';
import type { FigureLayout } from './plotly-layout.js';
import type { Trace } from './plotly-traces.js';
import { MissingPackage } from './render-protocol.js';
import { render } from './renderer.js';

/** A figure as a value: plotly JSON, and what it shows in words. It shows itself in a notebook, as a graph and as a picture. */
export interface Figure extends Displayable {
  /** What is drawn (plotly's `data`). */
  readonly data: readonly Trace[];
  /** Title, axes, size (plotly's `layout`). */
  readonly layout: FigureLayout;
  /** The alternative text: what one sees, for readers who do not see it. */
  readonly alt: string;
  [jupyterDisplay](): Promise<Bundle>;
  [jupyterMetadata](): Bundle;
}

/** Makes a figure of what is drawn, how it is laid out, and its alternative text. */
export function figureOf(data: readonly Trace[], layout: FigureLayout, alt: string): Figure {
  return Object.freeze({
    data,
    layout,
    alt,
    [jupyterDisplay]: () => bundle(data, layout, alt),
    [jupyterMetadata]: () => ({ 'image/png': { width: layout.width, height: layout.height, alt } }),
  });
}

/** Whether something is a figure. */
export function isFigure(value: unknown): value is Figure {
  return typeof value === 'object' && value !== null && jupyterDisplay in value && 'alt' in value && 'layout' in value;
}

async function bundle(data: readonly Trace[], layout: FigureLayout, alt: string): Promise<Bundle> {
  const graph = { 'application/vnd.plotly.v1+json': { data: data.map(short), layout } };
  try {
    const picture = await render({ data, layout }, 'png');
    return { ...graph, 'image/png': Buffer.from(picture).toString('base64'), 'text/plain': alt };
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    return { ...graph, 'text/plain': `${alt}\n(${error.message})` };
  }
}

// Seven digits are more than a screen can show and half as long as all of them.
function short(trace: Trace): Trace {
  const { x, y } = trace;
  if (trace.type === 'heatmap') return { ...trace, z: trace.z.map((row) => row.map(shortNumber)) };
  return { ...trace, x: x.map(shortNumber), y: y.map(shortNumber) };
}

function shortNumber<N extends number | null>(value: N): number | N {
  return value === null ? value : Number(value.toPrecision(7));
}
