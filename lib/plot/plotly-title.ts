/** A title of a figure, an axis or a colour bar, as plotly takes it. */
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
