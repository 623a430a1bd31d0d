import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EventTable, generateEvents } from '../lib/events.js';

/** The seed of `data/events.csv`. */
const EVENTS_SEED = 1;

/** The text of `data/events.csv`: 40,000 events, values rounded to 4 decimals. */
export function eventsCsv({ x, labels }: EventTable = generateEvents(EVENTS_SEED)): string {
  const rows = Array.from(labels, (label, i) => {
    const observables = x.subarray(3 * i, 3 * i + 3);
    return `${Array.from(observables, (value) => value.toFixed(4)).join(',')},${label}\n`;
  });
  return `x1,x2,x3,label\n${rows.join('')}`;
}

/** Writes the data files into a folder and says what was written. */
function writeData(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const csv = eventsCsv();
  writeFileSync(join(folder, 'events.csv'), csv);
  console.log(`events.csv: ${csv.length} bytes, SHA-256 ${createHash('sha256').update(csv).digest('hex')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeData(join(import.meta.dirname, '../data'));
