import type { Bins } from '../bins.js';
import { style, translucent } from './palette.js';
import type { ScatterTrace } from './plotly-traces.js';

/** One series, counted. */
export interface Counted extends Bins {
  readonly name: string;
  readonly numbers: readonly number[];
}

/** Counts as the outline of steps, from the axis up and down to it again. */
export function steps({ name, counts, edges, numbers }: Counted, index: number, density: boolean): ScatterTrace {
  const scale = density ? 1 / (numbers.length * (edges[1]! - edges[0]!)) : 1;
  const heights = counts.map((count) => count * scale);
  return {
    type: 'scatter',
    mode: 'lines',
    name,
    x: [edges[0]!, ...edges, edges.at(-1)!],
    y: [0, ...heights, heights.at(-1)!, 0],
    ...filled(index),
  };
}

/** The look of a filled outline. */
export function filled(index: number): Pick<ScatterTrace, 'line' | 'fill' | 'fillcolor' | 'fillpattern'> {
  const { colour, pattern } = style(index);
  const [fgcolor, bgcolor] = [translucent(colour, 0.55), translucent(colour, 0.12)];
  return {
    line: { color: colour, width: 2, shape: 'hv' },
    fill: 'tozeroy',
    fillcolor: translucent(colour, 0.2),
    fillpattern: { shape: pattern, fgcolor, bgcolor, size: 9, solidity: 0.12 },
  };
}
