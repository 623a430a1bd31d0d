/** How one series looks: by colour and, for readers who see no difference in colour, by line, mark and filling. */
export interface Style {
  readonly colour: string;
  readonly dash: Dash;
  readonly symbol: string;
  readonly pattern: string;
}

export type Dash = 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash' | 'longdashdot';

// Okabe and Ito, Color Universal Design (2008), without the yellow that vanishes on white.
const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#000000', '#E69F00', '#56B4E9'] as const;
const dashes: readonly Dash[] = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot'];
const symbols = ['circle', 'x-thin-open', 'diamond-open', 'square-open', 'triangle-up', 'cross-thin-open'] as const;
const patterns = ['', '/', '\\', 'x', '-', '.'] as const;

/** The look of the series with this number, counted from 0. The first 42 differ. */
export function style(index: number): Style {
  return {
    colour: colours[index % colours.length]!,
    dash: dashes[index % dashes.length]!,
    symbol: symbols[index % symbols.length]!,
    pattern: patterns[index % patterns.length]!,
  };
}

/** A colour with an opacity, as CSS. */
export function translucent(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}

/** A colour map: a name that plotly knows, or positions between 0 and 1 with their colours. */
export type ColourScale = string | [number, string][];

/** From blue (below zero) over white to orange (above), equally dark on both sides; told apart with every kind of colour blindness. */
export const diverging: ColourScale = [
  [0, '#104E8B'],
  [0.25, '#7FB2DD'],
  [0.5, '#FFFFFF'],
  [0.75, '#F0A868'],
  [1, '#8C3B00'],
];

/** From dark blue to yellow, with even steps of brightness; made for colour-blind readers. */
export const sequential: ColourScale = 'Cividis';
