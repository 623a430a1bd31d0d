import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MissingPackage } from './render-protocol.js';

// The packages that draw are optional for users of the library, and their typings would bring the browser's globals
// into every file: so they are loaded by name, and what is used of them is written down here.

/** A page without a browser (jsdom). */
interface Page {
  readonly window: Window;
}

/** What is used of that page's window. */
export interface Window {
  eval(code: string): unknown;
  readonly Element: { readonly prototype: object };
  readonly SVGElement: { readonly prototype: object };
  readonly HTMLCanvasElement: { readonly prototype: object };
  readonly URL: { createObjectURL?: () => string };
  readonly Plotly: Plotly;
}

/** What is used of plotly. */
export interface Plotly {
  toImage(figure: object, options: object): Promise<string>;
}

/** A canvas to measure text and to fill cells (@napi-rs/canvas). */
export interface Canvas {
  getContext(kind: '2d'): Context;
  toDataURL(type: string): string;
}

/** What is used of its drawing context. */
export interface Context {
  font: string;
  measureText(text: string): { readonly width: number };
}

/** What resvg gives: four bytes for each pixel. */
interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What is used of the packages that draw. */
export interface Packages {
  readonly JSDOM: new (html: string, options: object) => Page;
  readonly createCanvas: (width: number, height: number) => Canvas;
  readonly GlobalFonts: { registerFromPath(path: string, name: string): unknown };
  readonly Resvg: new (svg: string, options: object) => { render(): Picture };
  readonly plotlySource: string;
  /** Regular and bold. */
  readonly fontFiles: readonly [string, string];
}

const names = [
  'plotly.js-cartesian-dist-min',
  'jsdom',
  '@napi-rs/canvas',
  '@resvg/resvg-js',
  'dejavu-fonts-ttf',
] as const;

/**
 * Loads the packages that draw pictures.
 *
 * @throws MissingPackage if one is not installed, with the line that installs them.
 */
export function loadPackages(): Packages {
  const require = createRequire(import.meta.url);
  const resolve = (specifier: string): string => {
    try {
      return require.resolve(specifier);
    } catch {
      throw new MissingPackage(`no picture without ${specifier}: npm install ${names.join(' ')}`);
    }
  };
  const load = (specifier: string): object => require(resolve(specifier)) as object;
  const fonts = 'dejavu-fonts-ttf/ttf';
  const loaded = { ...load('jsdom'), ...load('@napi-rs/canvas'), ...load('@resvg/resvg-js') };
  return {
    ...(loaded as Pick<Packages, 'JSDOM' | 'createCanvas' | 'GlobalFonts' | 'Resvg'>),
    plotlySource: readFileSync(resolve('plotly.js-cartesian-dist-min'), 'utf8'),
    fontFiles: [resolve(`${fonts}/DejaVuSans.ttf`), resolve(`${fonts}/DejaVuSans-Bold.ttf`)],
  };
}
