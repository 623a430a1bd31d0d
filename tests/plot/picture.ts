import { createCanvas, loadImage } from '@napi-rs/canvas';
import { jupyterDisplay } from '../../lib/plot/display.js';
import type { Figure } from '../../lib/plot/figure.js';

/** A decoded picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The colour at a place in CSS pixels, as `#rrggbb`. */
  colour(x: number, y: number): string;
  /** The share of pixels that are not white. */
  readonly inked: number;
}

/** The PNG bytes of a figure's bundle. */
export async function pngBytes(figure: Figure): Promise<Buffer> {
  const bundle = await figure[jupyterDisplay]();
  return Buffer.from(bundle['image/png'] as string, 'base64');
}

/** The picture of a figure, decoded by another program than the one that wrote it. */
export async function pictureOf(figure: Figure): Promise<Picture> {
  const image = await loadImage(await pngBytes(figure));
  const canvas = createCanvas(image.width, image.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  let inked = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i]! + data[i + 1]! + data[i + 2]! < 750) inked += 1;
  return {
    width: image.width,
    height: image.height,
    inked: inked / (image.width * image.height),
    colour: (x, y) => {
      const start = 4 * (Math.round(2 * y) * image.width + Math.round(2 * x));
      return `#${[...data.slice(start, start + 3)].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    },
  };
}
