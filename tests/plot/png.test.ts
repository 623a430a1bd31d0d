import assert from 'node:assert/strict';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { pngOf } from '../../lib/plot/png.js';
import { numpyRandom } from '../../lib/random.js';

/** Opaque pixels of these colours, and what another program reads from their PNG. */
async function decoded(colours: readonly number[], width: number): Promise<Uint8ClampedArray> {
  const rgba = Uint8Array.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255, 255]));
  const image = await loadImage(Buffer.from(pngOf(rgba, width, colours.length / width)));
  assert.deepEqual([image.width, image.height], [width, colours.length / width]);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.getContext('2d').getImageData(0, 0, image.width, image.height).data;
}

function colourAt(data: Uint8ClampedArray, pixel: number): number {
  return (data[4 * pixel]! << 16) | (data[4 * pixel + 1]! << 8) | data[4 * pixel + 2]!;
}

describe('pngOf', () => {
  it('keeps 256 colours exactly', async () => {
    const colours = Array.from({ length: 768 }, (_, i) => (((i * 7) % 256) * 0x010203) & 0xffffff);
    const data = await decoded(colours, 32);
    assert.deepEqual(
      colours.map((_, i) => colourAt(data, i)),
      colours,
    );
  });

  it('keeps colours exactly where too many are far apart', async () => {
    const random = numpyRandom(1);
    const colours = Array.from({ length: 3000 }, () => Math.floor(random.uniform(0, 0x1000000)));
    const data = await decoded(colours, 50);
    assert.deepEqual(
      colours.map((_, i) => colourAt(data, i)),
      colours,
    );
  });

  it('takes the nearest of the 256 most frequent colours where they will do, and these exactly', async () => {
    const frequent = Array.from({ length: 256 }, (_, i) => i * 0x010101);
    const rare = Array.from({ length: 256 }, (_, i) => (i * 0x010101) ^ 0x000001);
    const colours = [...frequent, ...frequent, ...rare.map((colour, i) => (i % 2 ? colour : colour ^ 0x000002))];
    const data = await decoded(colours, 256);
    assert.deepEqual(
      frequent.map((_, i) => colourAt(data, i)),
      frequent,
    );
    for (const [i, colour] of colours.entries()) {
      const [got, wanted] = [colourAt(data, i), colour];
      const off = [16, 8, 0].map((shift) => ((got >> shift) & 255) - ((wanted >> shift) & 255));
      assert.ok(Math.hypot(...off) <= 3, `pixel ${i}: ${off}`);
    }
  });
});
