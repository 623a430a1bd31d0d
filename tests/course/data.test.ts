import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { eventsCsv } from '../../course/data.js';
import { readEvents } from '../../lib/event-file.js';

const folder = join(import.meta.dirname, '../../data');
const file = join(folder, 'events.csv');

describe('data/events.csv', () => {
  it('is byte for byte what the generator writes', () => {
    assert.ok(readFileSync(file, 'utf8') === eventsCsv(), 'the committed file is stale: npm run data');
  });

  it('has the checksum and size its provenance states', () => {
    const bytes = readFileSync(file);
    const page = readFileSync(join(folder, 'README.md'), 'utf8');
    assert.ok(page.includes(createHash('sha256').update(bytes).digest('hex')));
    assert.ok(page.includes(`${bytes.length.toLocaleString('en-GB')} bytes`));
    assert.ok(bytes.length < 1e6);
  });

  it('holds 20,000 training and 20,000 test events, half of them signal', async () => {
    const events = await readEvents(file);
    for (const { x, y } of [events.train, events.test]) {
      assert.deepEqual(x.shape, [20_000, 3]);
      assert.equal(
        tf.tidy(() => y.sum().arraySync()),
        10_000,
      );
    }
    tf.dispose([events.train, events.test]);
  });
});
