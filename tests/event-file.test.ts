import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { type Events, readEvents } from '../lib/event-file.js';

const HEADER = 'x1,x2,x3,label';
const ROWS = ['1,2,3,1', '4.5,-5e-1,.5,0', '7,8,9,3', '-1,0,+1.25,2'];

describe('readEvents', () => {
  let folder: string;
  let path: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlens-events-'));
    path = join(folder, 'events.csv');
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (text: string): Promise<Events> => {
    writeFileSync(path, text);
    return readEvents(path);
  };

  const refuses = (text: string, message: string): Promise<void> =>
    assert.rejects(read(text), { name: 'Error', message: `readEvents needs ${message}` });

  for (const [name, text] of [
    ['LF', `${[HEADER, ...ROWS].join('\n')}\n`],
    ['CRLF', `${[HEADER, ...ROWS].join('\r\n')}\r\n`],
    ['no newline at the end', [HEADER, ...ROWS].join('\n')],
  ] as const)
    it(`reads training and test events from a file with ${name}`, async () => {
      const events = await read(text);
      assert.deepEqual(events.columns, ['x1', 'x2', 'x3']);
      assert.deepEqual(events.train.x.arraySync(), [
        [1, 2, 3],
        [4.5, -0.5, 0.5],
      ]);
      assert.deepEqual(events.train.y.arraySync(), [[1], [0]]);
      assert.deepEqual(events.test.x.arraySync(), [
        [7, 8, 9],
        [-1, 0, 1.25],
      ]);
      assert.deepEqual(events.test.y.arraySync(), [[1], [0]]);
      tf.dispose([events.train, events.test]);
    });

  it('reads by URL, and keeps four tensors and no more', async () => {
    writeFileSync(path, [HEADER, ...ROWS].join('\n'));
    const before = tf.memory().numTensors;
    const events = await readEvents(pathToFileURL(path));
    assert.equal(tf.memory().numTensors, before + 4);
    tf.dispose([events.train, events.test]);
    assert.equal(tf.memory().numTensors, before);
  });

  it('refuses a file that is not there, empty or without events of each kind', async () => {
    await assert.rejects(
      readEvents(join(folder, 'missing.csv')),
      /^Error: readEvents needs a readable file, got .*missing\.csv \(ENOENT/,
    );
    await refuses('', `the header '${HEADER}' in line 1 of ${path}, got an empty file`);
    await refuses(`${HEADER}\n`, `events for training (label 0 or 1) in ${path}, got none`);
    await refuses(`${HEADER}\n${ROWS[0]}\n`, `events for the test (label 2 or 3) in ${path}, got none`);
  });

  it('refuses another header', async () => {
    await refuses(`x1,x2,label\n1,2,0\n`, `the header '${HEADER}' in line 1 of ${path}, got 'x1,x2,label'`);
    await refuses(
      `\uFEFF${HEADER}\n${ROWS.join('\n')}`,
      `the header '${HEADER}' in line 1 of ${path}, got '\uFEFF${HEADER}'`,
    );
  });

  it('refuses a bad line by its number', async () => {
    const withLine = (line: string): string => [HEADER, ROWS[0], line, ...ROWS.slice(1)].join('\n');
    await refuses(withLine('1,2,0'), `4 columns in line 3 of ${path}, got 3: '1,2,0'`);
    await refuses(withLine('1,2,3,0,'), `4 columns in line 3 of ${path}, got 5: '1,2,3,0,'`);
    await refuses(withLine(''), `4 columns in line 3 of ${path}, got 1: ''`);
    for (const label of ['4', '', '1.0', '-1', 'signal', ' 1'])
      await refuses(withLine(`1,2,3,${label}`), `label 0, 1, 2 or 3 in line 3 of ${path}, got '${label}'`);
    for (const number of ['NaN', '', ' 1', 'Infinity', '0x10', '1e999', '1_0', '1,5'.replace(',', ';')])
      await refuses(withLine(`1,${number},3,0`), `finite numbers in line 3 of ${path}, got '${number}'`);
  });
});
