import { type Displayable, jupyterDisplay } from '../plot/display.js';

/** Where training stands after an epoch. */
export interface Progress {
  /** The epoch that has just ended, from 1. */
  readonly epoch: number;
  /** How many there will be at most. */
  readonly epochs: number;
  /** Whether it was the last one, of all or because of `earlyStop`. */
  readonly isLast: boolean;
  /** Mean loss over the epoch's batches, while the weights changed. */
  readonly loss: number;
  /** Share of right classes, for cross-entropies. */
  readonly accuracy: number | undefined;
  /** Loss of the validation rows at the end of the epoch. */
  readonly validationLoss: number | undefined;
  /** Share of right classes among the validation rows. */
  readonly validationAccuracy: number | undefined;
  /** Time since the start of the training. */
  readonly seconds: number;
}

/** What a training did; one value per epoch, no values where there is nothing to measure. Shows itself as a table. */
export interface History extends Displayable {
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly validationLoss: readonly number[];
  readonly validationAccuracy: readonly number[];
  /** Epochs that were completed. */
  readonly epochs: number;
  /** Whether the training was stopped before its end, by `signal` or `earlyStop`. */
  readonly stopped: boolean;
  /** With `earlyStop`, the epoch whose weights the model has, from 1; undefined without it, or if no epoch was completed. */
  readonly bestEpoch: number | undefined;
  readonly seconds: number;
}

/** How a training ended. */
interface End {
  readonly stopped: boolean;
  readonly bestEpoch?: number | undefined;
  readonly seconds: number;
}

const COLUMNS = {
  loss: 'loss',
  validationLoss: 'validation loss',
  accuracy: 'accuracy',
  validationAccuracy: 'validation accuracy',
} as const;
const SHOWN_EPOCHS = 5;

type Curves = Readonly<Record<keyof typeof COLUMNS, readonly number[]>>;

/** The history of the epochs that were completed. */
export function history(done: readonly Progress[], { stopped, bestEpoch, seconds }: End): History {
  const values = (column: keyof Curves): number[] => done.flatMap((progress) => progress[column] ?? []);
  const curves: Curves = {
    loss: values('loss'),
    accuracy: values('accuracy'),
    validationLoss: values('validationLoss'),
    validationAccuracy: values('validationAccuracy'),
  };
  const epochs = done.length;
  const caption = [
    `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} in ${seconds.toFixed(1)} s`,
    ...(stopped ? ['stopped'] : []),
    ...(bestEpoch === undefined ? [] : [`weights of epoch ${bestEpoch}`]),
  ].join(', ');
  const bundle = () => ({ 'text/html': html(caption, table(curves)), 'text/plain': plain(caption, table(curves)) });
  return Object.freeze({ ...curves, epochs, stopped, bestEpoch, seconds, [jupyterDisplay]: bundle });
}

// A heading and some epochs, evenly spaced from the first to the last.
function table(curves: Curves): string[][] {
  const columns = Object.keys(COLUMNS) as (keyof Curves)[];
  const measured = columns.filter((column) => curves[column].length > 0);
  const last = curves.loss.length - 1;
  const shares = Array.from({ length: SHOWN_EPOCHS }, (_, i) => Math.round((i * last) / (SHOWN_EPOCHS - 1)));
  const shown = last < 0 ? [] : [...new Set(shares)];
  const rows = shown.map((i) => [String(i + 1), ...measured.map((column) => curves[column][i]!.toFixed(4))]);
  return [['epoch', ...measured.map((column) => COLUMNS[column])], ...rows];
}

function html(caption: string, [heading, ...rows]: string[][]): string {
  const line = (tag: string, cells: string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => line('td', row)).join('');
  return `<table><caption>${caption}</caption><thead>${line('th', heading!)}</thead><tbody>${body}</tbody></table>`;
}

function plain(caption: string, rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join('  '));
  return [caption, ...lines].join('\n');
}
