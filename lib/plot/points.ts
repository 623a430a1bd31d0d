import { extent } from '../values.js';
import type { ScatterTrace, Trace } from './plotly-traces.js';
import type { Drawable } from './render-protocol.js';

// Plotly makes one element of every point, which takes seconds for thousands of them in a page without a browser. So a
// picture is drawn with two points per cloud, its corners; they say where all others belong, which are filled in as text.

const many = 100;
const together = 25;

interface Cloud {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A figure with large clouds of points reduced to their corners, and the function that fills them into its SVG. */
export function withoutPoints(figure: Drawable): { readonly sparse: Drawable; readonly fill: (svg: string) => string } {
  const clouds = new Map<string, Cloud>();
  const data = figure.data.map((trace, index) => {
    if (!isCloud(trace)) return trace;
    const cloud = { x: trace.x.map(Number), y: trace.y.map(Number) };
    const uid = `cloud${index}`;
    clouds.set(uid, cloud);
    return { ...trace, uid, x: extent(cloud.x), y: extent(cloud.y) };
  });
  return { sparse: { ...figure, data }, fill: (svg) => filled(svg, clouds) };
}

function isCloud(trace: Trace): trace is ScatterTrace {
  return trace.type === 'scatter' && trace.mode === 'markers' && trace.x.length > many;
}

function filled(svg: string, clouds: ReadonlyMap<string, Cloud>): string {
  const pattern = /(<g class="trace scatter trace(cloud\d+)".*?<g class="points">)(.*?)(<\/g>)/g;
  return svg.replace(pattern, (_, before: string, uid: string, corners: string, after: string) => {
    return before + points(corners, clouds.get(uid)!) + after;
  });
}

function points(corners: string, { x, y }: Cloud): string {
  const corner = /<path class="point" transform="translate\(([^,]+),([^)]+)\)" style="([^"]*)" d="([^"]*)"\/>/g;
  const [first, second] = [...corners.matchAll(corner)];
  if (!first || !second) return corners;
  const [, left, bottom, style, outline] = first;
  const across = scale(extent(x), [Number(left), Number(second[1])]);
  const up = scale(extent(y), [Number(bottom), Number(second[2])]);
  const paths: string[] = [];
  for (let start = 0; start < x.length; start += together) {
    const some = x.slice(start, start + together);
    const d = some.map((value, i) => moved(outline!, across(value), up(y[start + i]!))).join('');
    paths.push(`<path class="point" style="${style}" d="${d}"/>`);
  }
  return paths.join('');
}

function scale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): (x: number) => number {
  return (value) => start + (to === from ? 0 : ((value - from) / (to - from)) * (end - start));
}

// The outline of a mark (absolute commands M, L, A, H, V, Z around 0) with its centre at x, y.
function moved(outline: string, x: number, y: number): string {
  return outline.replace(/([MLAHV])([^MLAHVZ]*)/g, (_, command: string, list: string) => {
    const numbers = list
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const width = command === 'A' ? 7 : command === 'H' || command === 'V' ? 1 : 2;
    const shifted = numbers.map((value, i) => {
      const place = i % width;
      if (command === 'H' || (width > 1 && place === width - 2)) return short(value + x);
      return command === 'V' || place === width - 1 ? short(value + y) : value;
    });
    return command + shifted.join(' ');
  });
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
