// npm run data: writes the data files of data/ again, the same bytes, and says their SHA-256.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EventTable, generateEvents } from '../lib/events.js';
import { saveModel } from '../lib/io/save-model.js';
import { lorenz96Network, lorenz96Samples } from './lorenz96-network.js';
import { takeOnly } from './setup/help.mjs';

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
async function writeData(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'events.csv'), eventsCsv());
  const { learnt } = await lorenz96Samples();
  await saveModel(await lorenz96Network(learnt), join(folder, 'lorenz96-network'));
  for (const file of ['events.csv', 'lorenz96-network/model.json', 'lorenz96-network/weights.bin']) {
    const bytes = readFileSync(join(folder, file));
    console.log(`${file}: ${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  takeOnly(import.meta.filename);
  await writeData(join(import.meta.dirname, '../data'));
}
