import { deflateSync } from 'node:zlib';

// A PNG of opaque pixels: three bytes each and no row filters, for flat colours a third smaller than resvg's own.

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

/** The PNG file of pixels (red, green, blue, opacity); the opacity is left out. */
export function pngOf(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // eight bits, red green blue
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows(pixels, width, height))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

function rows(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(height * (1 + 3 * width));
  let to = 0;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if (pixel % width === 0) to += 1; // each row begins with its filter: none
    for (let channel = 0; channel < 3; channel += 1) bytes[to++] = pixels[4 * pixel + channel]!;
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
