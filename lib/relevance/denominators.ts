const KEPT = 5;
const STEPS_PER_OCTAVE = 8;
// From the smallest number to the largest, 2^−1074 to 2^1024.
const LOWEST = -1075;
const OCTAVES = 2100;
const SMALL_SHARE = 0.01;

/** A denominator before anything is added to it, and where it stood. */
export interface Denominator {
  readonly row: number;
  readonly unit: number;
  readonly denominator: number;
}

/** A small denominator and the relevance that was divided by it. */
export interface SmallDenominator extends Denominator {
  /** Which part of the absolute relevance that came into the layer was divided by it. */
  readonly share: number;
}

/** Remembers the smallest denominators, and how much relevance was divided by denominators of each size. */
export interface DenominatorLog {
  add(place: Denominator, relevance: number): void;
  /** The smallest ones that relevance was divided by, the smallest first. */
  smallest(): readonly SmallDenominator[];
  /** The largest size, within a ninth, below which at most a hundredth of the relevance was divided. */
  lowSize(): number;
}

/** An empty log. */
export function denominatorLog(): DenominatorLog {
  const sizes = new Float64Array(OCTAVES * STEPS_PER_OCTAVE);
  const kept: { readonly place: Denominator; readonly relevance: number }[] = [];
  let [total, divided] = [0, 0];
  return {
    add: (place, relevance) => {
      if (relevance === 0) return;
      total += relevance;
      const size = Math.abs(place.denominator);
      if (size > 0) {
        divided += relevance;
        sizes[sizeClass(size)]! += relevance;
      }
      if (kept.length === KEPT && size >= Math.abs(kept[KEPT - 1]!.place.denominator)) return;
      const at = kept.findIndex(({ place: other }) => size < Math.abs(other.denominator));
      kept.splice(at < 0 ? kept.length : at, 0, { place, relevance });
      kept.length = Math.min(kept.length, KEPT);
    },
    smallest: () => kept.map(({ place, relevance }) => ({ ...place, share: relevance / total })),
    lowSize: () => {
      if (divided === 0) return 0;
      let [below, place] = [0, 0];
      while (below + sizes[place]! <= SMALL_SHARE * divided) below += sizes[place++]!;
      return 2 ** (place / STEPS_PER_OCTAVE + LOWEST);
    },
  };
}

function sizeClass(size: number): number {
  return Math.floor((Math.log2(size) - LOWEST) * STEPS_PER_OCTAVE);
}
