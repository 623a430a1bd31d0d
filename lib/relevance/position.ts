const POSITIONS = ['first', 'lower', 'middle', 'upper', 'last'] as const;

/** Where layers stand: the first, the last, or those in one third of the depth. */
export type Position = (typeof POSITIONS)[number];

/** Whether there is such a position. */
export function isPosition(name: unknown): name is Position {
  return POSITIONS.some((position) => position === name);
}

/** Whether the middle of a layer is at a position in a network of so many layers. */
export function standsAt(position: Position, layer: number, depth: number): boolean {
  const height = (layer + 0.5) / depth;
  const answers: Readonly<Record<Position, boolean>> = {
    first: layer === 0,
    last: layer === depth - 1,
    lower: height < 1 / 3,
    upper: height > 2 / 3,
    middle: height >= 1 / 3 && height <= 2 / 3,
  };
  return answers[position];
}

/** The layer with a number, which counts from the end if it is negative; undefined if there is none. */
export function layerAt(number: number, depth: number): number | undefined {
  const layer = number < 0 ? depth + number : number;
  return Number.isInteger(layer) && layer >= 0 && layer < depth ? layer : undefined;
}
