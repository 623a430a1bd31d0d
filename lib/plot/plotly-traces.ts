import type { ColourScale, Dash } from './palette.js';
import type { Title } from './plotly-title.js';

// The part of plotly's JSON that the figures use. nodeplotlib's `Plot` and `Layout` accept it, as a test compiles; only the
// title of a colour bar they know in plotly's old form. Written out here, so that the typings need no nodeplotlib.

/** What every drawn series has. */
interface Drawn {
  readonly name: string;
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly showlegend?: boolean;
  readonly legendgroup?: string;
}

/** Lines, steps or points. */
export interface ScatterTrace extends Drawn {
  readonly type: 'scatter';
  readonly mode: 'lines' | 'markers' | 'lines+markers';
  readonly x: (number | null)[];
  readonly y: (number | null)[];
  readonly line?: {
    readonly color: string;
    readonly width: number;
    readonly dash?: Dash;
    readonly shape?: 'linear' | 'hv';
  };
  readonly marker?: {
    readonly color: string;
    readonly size: number;
    readonly symbol: string;
    readonly line?: { readonly color: string; readonly width: number };
  };
  readonly fill?: 'tozeroy';
  readonly fillcolor?: string;
  readonly fillpattern?: {
    readonly shape: string;
    readonly fgcolor: string;
    readonly bgcolor: string;
    readonly size: number;
    readonly solidity: number;
  };
  readonly hoverinfo?: 'skip';
}

/** Coloured cells, `z[row][column]` at `y[row]`, `x[column]`. */
export interface HeatmapTrace extends Drawn {
  readonly type: 'heatmap';
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: number[][];
  readonly zmin?: number;
  readonly zmax?: number;
  readonly colorscale?: ColourScale;
  readonly colorbar?: ColourBar;
  readonly coloraxis?: string;
  readonly showscale?: boolean;
}

export interface ColourBar {
  readonly title: Title;
  readonly thickness: number;
  readonly outlinewidth?: number;
  readonly ticks?: 'outside';
  readonly ticksuffix?: string;
  readonly exponentformat?: 'power';
  readonly x?: number;
  readonly xpad?: number;
  readonly y?: number;
  readonly len?: number;
}

/** One element of plotly's `data`. */
export type Trace = ScatterTrace | HeatmapTrace;
