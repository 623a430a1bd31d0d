// Rectangles around text, and what the transforms of SVG make of them.

/** A rectangle, as browsers give it. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** Its four sides. */
export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Edges after an SVG transform, made of `translate` and `rotate`. */
export function transformed(edges: Edges | undefined, transform: string): Edges | undefined {
  if (!edges) return undefined;
  const steps = [...transform.matchAll(/(translate|rotate)\(([^)]*)\)/g)].reverse();
  return steps.reduce((moved, [, kind, list]) => {
    const [first = 0, second = 0, third = 0] = list!.split(/[\s,]+/).map(Number);
    return kind === 'translate' ? shifted(moved, first, second) : rotated(moved, first, [second, third]);
  }, edges);
}

function shifted({ left, top, right, bottom }: Edges, x: number, y: number): Edges {
  return { left: left + x, right: right + x, top: top + y, bottom: bottom + y };
}

function rotated({ left, top, right, bottom }: Edges, degrees: number, [x, y]: readonly [number, number]): Edges {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ].map(([a, b]) => [x + (a! - x) * cos - (b! - y) * sin, y + (a! - x) * sin + (b! - y) * cos]);
  const [across, down] = [corners.map(([a]) => a!), corners.map(([, b]) => b!)];
  return { left: Math.min(...across), right: Math.max(...across), top: Math.min(...down), bottom: Math.max(...down) };
}

/** The smallest rectangle around two. */
export function union(one: Edges | undefined, other: Edges | undefined): Edges | undefined {
  if (!one || !other) return one ?? other;
  return {
    left: Math.min(one.left, other.left),
    right: Math.max(one.right, other.right),
    top: Math.min(one.top, other.top),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

/** The rectangle with these sides; empty if there are none. */
export function boxOf({ left, top, right, bottom }: Edges = { left: 0, top: 0, right: 0, bottom: 0 }): Box {
  return { x: left, y: top, left, top, right, bottom, width: right - left, height: bottom - top };
}
