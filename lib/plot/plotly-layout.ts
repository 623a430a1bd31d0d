import type { ColourScale } from './palette.js';
import type { Font, Title } from './plotly-title.js';
import type { ColourBar } from './plotly-traces.js';

export interface Axis {
  readonly title?: Title;
  readonly type?: 'linear' | 'log';
  readonly range?: readonly [number, number];
  readonly domain?: readonly [number, number];
  readonly anchor?: string;
  readonly automargin?: boolean;
  readonly side?: 'right';
  readonly showticklabels?: boolean;
  readonly ticks?: 'outside';
  readonly tickcolor?: string;
  readonly nticks?: number;
  readonly dtick?: number;
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
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

/** Plotly's `layout`, as far as the figures of this library use it. */
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
    readonly bgcolor?: string;
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
