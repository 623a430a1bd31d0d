import type { ColourScale, Dash } from './palette.js';

// The part of plotly's JSON that the figures use. nodeplotlib's `Plot` and `Layout` accept it (a test compiles that;
// all but the title of a colour bar, which they know in plotly's old form); written out here, so that the package's typings need neither nodeplotlib nor its server.

export interface Title {
  readonly text: string;
  readonly font?: Font;
  readonly x?: number;
  readonly xanchor?: 'left' | 'center' | 'right';
  readonly xref?: 'container' | 'paper';
  readonly y?: number;
  readonly yanchor?: 'top' | 'middle' | 'bottom';
  readonly yref?: 'container' | 'paper';
  readonly pad?: { readonly t?: number; readonly l?: number; readonly b?: number };
  readonly standoff?: number;
  readonly side?: 'top' | 'right';
}

export interface Font {
  readonly family?: string;
  readonly size?: number;
  readonly color?: string;
}

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
  readonly x: number[];
  readonly y: number[];
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

export type Trace = ScatterTrace | HeatmapTrace;

export interface Axis {
  readonly title?: Title;
  readonly type?: 'linear' | 'log';
  readonly range?: [number, number];
  readonly domain?: [number, number];
  readonly anchor?: string;
  readonly automargin?: boolean;
  readonly side?: 'right';
  readonly showticklabels?: boolean;
  readonly ticks?: 'outside';
  readonly tickcolor?: string;
  readonly nticks?: number;
  readonly showgrid?: boolean;
  readonly gridcolor?: string;
  readonly showline?: boolean;
  readonly mirror?: boolean;
  readonly linecolor?: string;
  readonly linewidth?: number;
  readonly zeroline?: boolean;
  readonly zerolinecolor?: string;
  readonly rangemode?: 'tozero';
  readonly matches?: string;
  readonly constrain?: 'domain';
  readonly exponentformat?: 'power';
}

export interface Annotation {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly xref: 'paper';
  readonly yref: 'paper';
  readonly xanchor: 'left' | 'center';
  readonly yanchor: 'bottom' | 'top';
  readonly showarrow: false;
  readonly font: Font;
  readonly align?: 'left';
  readonly yshift?: number;
}

type Axes = { readonly [axis in `xaxis${string}` | `yaxis${string}`]?: Axis };

export interface FigureLayout extends Axes {
  readonly title: Title;
  readonly width: number;
  readonly height: number;
  readonly font: Font;
  readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
  readonly paper_bgcolor: string;
  readonly plot_bgcolor: string;
  readonly showlegend: boolean;
  readonly hovermode: 'closest' | 'x' | 'x unified';
  readonly legend?: {
    readonly orientation: 'h' | 'v';
    readonly x: number;
    readonly xanchor: 'left' | 'right';
    readonly y: number;
    readonly yanchor: 'bottom' | 'top';
    readonly itemsizing?: 'constant';
    readonly font?: Font;
  };
  readonly annotations?: Annotation[];
  readonly coloraxis?: {
    readonly cmin: number;
    readonly cmax: number;
    readonly colorscale: ColourScale;
    readonly colorbar: ColourBar;
  };
}
