// Symmetric arrays are kept packed: the pairs i ≤ j and the triples i ≤ j ≤ k of indices below n, in order.

/** How many pairs there are. */
export function pairs(n: number): number {
  return (n * (n + 1)) / 2;
}

/** How many triples there are. */
export function triples(n: number): number {
  return (n * (n + 1) * (n + 2)) / 6;
}

/** The place of the pair i ≤ j. */
export function pairPlace(i: number, j: number, n: number): number {
  return (i * (2 * n - i - 1)) / 2 + j;
}

export function forEachPair(n: number, visit: (i: number, j: number, place: number) => void): void {
  let place = 0;
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) visit(i, j, place++);
}

export function forEachTriple(n: number, visit: (i: number, j: number, k: number, place: number) => void): void {
  let place = 0;
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) for (let k = j; k < n; k++) visit(i, j, k, place++);
}
