import type { FigureLayout } from './plotly-layout.js';
import type { Trace } from './plotly-traces.js';

/** What can be drawn. */
export interface Drawable {
  readonly data: readonly Trace[];
  readonly layout: FigureLayout;
}

/** A picture: PNG at twice the size (sharp on every screen), or SVG text. */
export type Format = 'png' | 'svg';

/** What the drawing thread is asked. */
export interface Request {
  readonly id: number;
  readonly figure: Drawable;
  readonly format: Format;
}

/** What it answers: the picture, or why there is none. */
export type Answer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly error: Error; readonly missing: boolean };

/** The packages that draw pictures are not installed. */
export class MissingPackage extends Error {
  override readonly name = 'MissingPackage';
}
