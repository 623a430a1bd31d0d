import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { folderPath } from './io/folder-path.js';
import { need } from './need.js';

/** Events of one kind of use, as tensors. */
export type Sample = {
  /** Observables, shape [events, 3]. */
  readonly x: tf.Tensor2D;
  /** 1 for signal, 0 for background, shape [events, 1]. */
  readonly y: tf.Tensor2D;
};

/** The events of a file; the caller disposes (`tf.dispose([events.train, events.test])`). */
export interface Events {
  /** Names of the observables, in the order of the columns of x. */
  readonly columns: readonly string[];
  /** The events to train with. */
  readonly train: Sample;
  /** The events that training does not see. */
  readonly test: Sample;
}

interface Row {
  readonly x: readonly number[];
  readonly label: number;
}

const HEADER = 'x1,x2,x3,label';
const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/**
 * Reads events from a CSV file with the header `x1,x2,x3,label`; labels as in `EventTable`.
 *
 * Strict: nothing is skipped or guessed. Lines may end in LF or CRLF.
 *
 * @param path - the file, relative to the working directory (for a notebook: its folder).
 * @returns train and test events in the order of the file, x [events, 3], y [events, 1]; the caller disposes.
 * @throws Error with path and line number if the file cannot be read, has another header, a row of another length, a
 * value that is not a finite number, an unknown label, or no events for training or for the test; TypeError if the path is none
 * on this computer.
 * @example
 * (await readEvents('data/events.csv')).train.x.shape // => [20000, 3]
 */
export async function readEvents(path: string | URL): Promise<Events> {
  const lines = (await text(folderPath('readEvents', path))).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  need(
    lines[0] === HEADER,
    `readEvents needs the header '${HEADER}' in line 1 of ${path}`,
    lines[0] ?? { words: 'an empty file' },
    Error,
  );
  const rows = lines.slice(1).map((line, i) => parseRow(line, `in line ${i + 2} of ${path}`));
  const train = rows.filter(({ label }) => label < 2);
  const test = rows.filter(({ label }) => label >= 2);
  need(train.length > 0, `readEvents needs events for training (label 0 or 1) in ${path}`, { words: 'none' }, Error);
  need(test.length > 0, `readEvents needs events for the test (label 2 or 3) in ${path}`, { words: 'none' }, Error);
  return { columns: HEADER.split(',').slice(0, 3), train: sample(train), test: sample(test) };
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`readEvents needs a readable file, got ${path} (${(cause as Error).message})`, { cause });
  }
}

function parseRow(line: string, where: string): Row {
  const cells = line.split(',');
  need(cells.length === 4, `readEvents needs 4 columns ${where}`, { words: `${cells.length}: '${line}'` }, Error);
  const label = cells.pop()!;
  need(/^[0-3]$/.test(label), `readEvents needs label 0, 1, 2 or 3 ${where}`, label, Error);
  return { x: cells.map((cell) => parseNumber(cell, where)), label: Number(label) };
}

function parseNumber(cell: string, where: string): number {
  const value = DECIMAL.test(cell) ? Number(cell) : Number.NaN;
  need(Number.isFinite(value), `readEvents needs finite numbers ${where}`, cell, Error);
  return value;
}

function sample(rows: readonly Row[]): Sample {
  const x = Float32Array.from(rows.flatMap((row) => row.x));
  const y = Float32Array.from(rows, ({ label }) => label % 2);
  return { x: tf.tensor2d(x, [rows.length, 3]), y: tf.tensor2d(y, [rows.length, 1]) };
}
