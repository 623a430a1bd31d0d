/** A picture by numbers: a list of colours (0xRRGGBB), and for each pixel which of them it has. */
export interface Indexed {
  readonly colours: readonly number[];
  readonly pixels: Uint8Array;
}

const most = 256;
const farthest = 48; // of 441 from black to white; only single pixels at the edge of lines and letters are that far off

/**
 * The picture with its 256 most frequent colours, each other pixel in the nearest of them. Undefined if one would be far off.
 *
 * @param rgba - red, green, blue and opacity of each pixel; the opacity is left out.
 */
export function withFewColours(rgba: Uint8Array): Indexed | undefined {
  const counts = countColours(rgba);
  const byCount = [...counts].sort(([one, countOne], [other, countOther]) => countOther - countOne || one - other);
  const colours = byCount.slice(0, most).map(([colour]) => colour);
  const numbers = new Map(colours.map((colour, number) => [colour, number]));
  for (const [colour] of byCount.slice(most)) {
    const number = nearest(colour, colours);
    if (distance(colour, colours[number]!) > farthest ** 2) return undefined;
    numbers.set(colour, number);
  }
  return { colours, pixels: numbered(rgba, numbers) };
}

function countColours(rgba: Uint8Array): Map<number, number> {
  const counts = new Map<number, number>();
  let [last, run] = [colourAt(rgba, 0), 0];
  for (let pixel = 0; pixel < rgba.length; pixel += 4) {
    const colour = colourAt(rgba, pixel);
    if (colour !== last) {
      counts.set(last, (counts.get(last) ?? 0) + run);
      [last, run] = [colour, 0];
    }
    run += 1;
  }
  return counts.set(last, (counts.get(last) ?? 0) + run);
}

function numbered(rgba: Uint8Array, numbers: ReadonlyMap<number, number>): Uint8Array {
  const pixels = new Uint8Array(rgba.length / 4);
  let [last, number] = [-1, 0];
  for (let pixel = 0; pixel < pixels.length; pixel += 1) {
    const colour = colourAt(rgba, 4 * pixel);
    if (colour !== last) [last, number] = [colour, numbers.get(colour)!];
    pixels[pixel] = number;
  }
  return pixels;
}

function colourAt(rgba: Uint8Array, place: number): number {
  return (rgba[place]! << 16) | (rgba[place + 1]! << 8) | rgba[place + 2]!;
}

function nearest(colour: number, colours: readonly number[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [number, other] of colours.entries()) {
    const far = distance(colour, other);
    if (far < least) [best, least] = [number, far];
  }
  return best;
}

// The square of the distance in red, green and blue.
function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}
