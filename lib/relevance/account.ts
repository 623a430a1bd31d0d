import { type DenominatorLog, denominatorLog } from './denominators.js';
import type { BiasMode } from './rule.js';

/** What one unit's share was divided by. */
interface Entry {
  /** How much of its relevance is shared so. */
  readonly factor: number;
  /** d, the bias's part in it, and what is added to it. */
  readonly denominator: number;
  readonly bias: number;
  readonly stabiliser: number;
}

/** Sums over rows and targets. */
interface Totals {
  in: number;
  out: number;
  bias: number;
  stabiliser: number;
  dropped: number;
  /** Of |in − out| of each row and target. */
  lost: number;
}

/** Keeps the books of one layer: for each row open, enter for each unit that has relevance, close. */
export interface LayerAccount {
  open(relevance: Float64Array): void;
  /** How much relevance a unit has in this row: |R'| over all targets. */
  amount(unit: number): number;
  enter(unit: number, entry: Entry): void;
  close(result: Float64Array): void;
  readonly totals: Readonly<Totals>;
  readonly denominators: DenominatorLog;
}

interface Shape {
  readonly targets: number;
  readonly units: number;
  readonly inputs: number;
  readonly mode: BiasMode;
}

/** New books. */
export function layerAccount({ targets, units, inputs, mode }: Shape): LayerAccount {
  const totals: Totals = { in: 0, out: 0, bias: 0, stabiliser: 0, dropped: 0, lost: 0 };
  const denominators = denominatorLog();
  const received = new Float64Array(targets);
  const ofUnits = { signed: new Float64Array(units), absolute: new Float64Array(units) };
  let row = -1;
  return {
    totals,
    denominators,
    open: (relevance) => {
      row++;
      ofUnits.signed.fill(0);
      ofUnits.absolute.fill(0);
      received.fill(0);
      for (let target = 0; target < targets; target++)
        for (let k = 0; k < units; k++) {
          const value = relevance[target * units + k]!;
          received[target]! += value;
          ofUnits.signed[k]! += value;
          ofUnits.absolute[k]! += Math.abs(value);
        }
    },
    amount: (unit) => ofUnits.absolute[unit]!,
    enter: (unit, { factor, denominator, bias, stabiliser }) => {
      denominators.add({ row, unit, denominator }, Math.abs(factor) * ofUnits.absolute[unit]!);
      const shared = factor * ofUnits.signed[unit]!;
      const divisor = denominator + stabiliser;
      if (shared === 0) return;
      if (divisor === 0) totals.dropped += shared;
      else if (mode !== 'distribute') {
        totals.bias += (shared / divisor) * bias;
        totals.stabiliser += (shared / divisor) * stabiliser;
      }
    },
    close: (result) => {
      for (let target = 0; target < targets; target++) {
        let given = 0;
        for (let j = 0; j < inputs; j++) given += result[target * inputs + j]!;
        totals.in += received[target]!;
        totals.out += given;
        totals.lost += Math.abs(received[target]! - given);
      }
    },
  };
}
