// Marching squares: where a level is crossed between neighbouring values, joined square by square.

/** Values `z[row][column]` at `y[row]`, `x[column]`. */
export interface Field {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly (readonly number[])[];
}

/** A line through points. */
export interface LevelLine {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The lines on which a field has a value, straight between the sides of the squares of four neighbours. */
export function levelLines(field: Field, level: number): LevelLine[] {
  const ends = neighbours(field, level);
  const open = [...ends].filter(([, others]) => others.length === 1).map(([side]) => side);
  const done = new Set<number>();
  return [...open, ...ends.keys()].flatMap((start) => {
    if (done.has(start)) return [];
    const sides = walk(start, ends, done);
    if (ends.get(sides.at(-1)!)!.includes(start) && sides.length > 2) sides.push(start);
    const points = sides.map((side) => crossing(side, field, level));
    return [{ x: points.map(([x]) => x), y: points.map(([, y]) => y) }];
  });
}

// Sides are numbered: twice the number of the value at their beginning; one more if they go up instead of to the right.
type Neighbours = ReadonlyMap<number, readonly number[]>;

// For each side that is crossed, the sides to which the line goes on.
function neighbours({ x, y, z }: Field, level: number): Neighbours {
  const ends = new Map<number, number[]>();
  const join = (one: number, other: number): void => {
    ends.set(one, [...(ends.get(one) ?? []), other]);
    ends.set(other, [...(ends.get(other) ?? []), one]);
  };
  for (let row = 0; row + 1 < y.length; row += 1) {
    for (let column = 0; column + 1 < x.length; column += 1) {
      const first = 2 * (row * x.length + column);
      const sides = [first, first + 3, first + 2 * x.length, first + 1];
      const corners = [z[row]![column]!, z[row]![column + 1]!, z[row + 1]![column + 1]!, z[row + 1]![column]!];
      for (const [one, other] of pairs(corners, level)) join(sides[one]!, sides[other]!);
    }
  }
  return ends;
}

// Which of the sides 0 bottom, 1 right, 2 top, 3 left of a square a line joins, by its corners from the lower left.
function pairs(corners: readonly number[], level: number): [number, number][] {
  const above = corners.map((value) => value >= level);
  const crossed = [0, 1, 2, 3].filter((side) => above[side] !== above[(side + 1) % 4]);
  if (crossed.length === 2) return [[crossed[0]!, crossed[1]!]];
  if (crossed.length === 0) return [];
  const middle = corners.reduce((sum, value) => sum + value, 0) / 4 >= level;
  return middle === above[0]
    ? [
        [0, 1],
        [2, 3],
      ]
    : [
        [0, 3],
        [1, 2],
      ];
}

// From side to side, until the line ends or comes back.
function walk(start: number, ends: Neighbours, done: Set<number>): number[] {
  const sides: number[] = [];
  let next: number | undefined = start;
  while (next !== undefined) {
    done.add(next);
    sides.push(next);
    next = ends.get(next)!.find((side) => !done.has(side));
  }
  return sides;
}

function crossing(side: number, { x, y, z }: Field, level: number): [number, number] {
  const [value, isUp] = [Math.floor(side / 2), side % 2 === 1];
  const [row, column] = [Math.floor(value / x.length), value % x.length];
  const [from, to] = [z[row]![column]!, isUp ? z[row + 1]![column]! : z[row]![column + 1]!];
  const part = (level - from) / (to - from);
  return isUp
    ? [x[column]!, y[row]! + part * (y[row + 1]! - y[row]!)]
    : [x[column]! + part * (x[column + 1]! - x[column]!), y[row]!];
}
