import { deflateSync } from 'node:zlib';
import { withFewColours } from './few-colours.js';

// Figures have few colours: as a picture by numbers they take a third of what resvg's own PNG does.

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const kinds = { colour: 2, indexed: 3 } as const;
const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

/** The PNG file of opaque pixels (red, green, blue, opacity): by numbers if 256 colours will do, else with all colours. */
export function pngOf(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const indexed = withFewColours(rgba);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, indexed ? kinds.indexed : kinds.colour], 8); // eight bits each
  const pixels = indexed?.pixels ?? withoutOpacity(rgba);
  const colours = indexed?.colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...(colours ? [chunk('PLTE', Uint8Array.from(colours))] : []),
    chunk('IDAT', deflateSync(rows(pixels, height))),
    chunk('IEND', Uint8Array.of()),
  ]);
}

// Red, green and blue of each pixel. (`filter` takes a second for a large picture.)
function withoutOpacity(rgba: Uint8Array): Uint8Array {
  const pixels = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    pixels[to] = rgba[from]!;
    pixels[to + 1] = rgba[from + 1]!;
    pixels[to + 2] = rgba[from + 2]!;
  }
  return pixels;
}

// Each row begins with its filter: none.
function rows(pixels: Uint8Array, height: number): Uint8Array {
  const length = pixels.length / height;
  const bytes = new Uint8Array(pixels.length + height);
  for (let row = 0; row < height; row += 1) {
    bytes.set(pixels.subarray(row * length, (row + 1) * length), row * (length + 1) + 1);
  }
  return bytes;
}

function chunk(type: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(checksum(named));
  return Buffer.concat([length, named, sum]);
}

// CRC-32 (ISO 3309); node:zlib has its own only from Node 22.
function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = checksums[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
