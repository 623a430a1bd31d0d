import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { createMlp, numpyRandom, saveModel, useBackend } from 'netlens';

const main = fileURLToPath(new URL('../../lib/command/main.ts', import.meta.url));
const run = promisify(execFile);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function netlens(...args: readonly string[]): Promise<Ended> {
  const node = ['--conditions=source', '--import', 'tsx', main, ...args];
  return run(process.execPath, node).then(
    (output) => ({ code: 0, ...output }),
    (error: Ended) => error,
  );
}

describe('netlens explain', () => {
  let folder = '';
  const file = (name: string): string => join(folder, name);

  before(async () => {
    await useBackend();
    folder = await mkdtemp(join(tmpdir(), 'netlens-'));
    const shape = { inputs: 2, hidden: [4], outputs: 1, activation: 'tanh', outputActivation: 'linear' } as const;
    await saveModel(createMlp({ ...shape, seed: 1 }), file('model'));
    const numbers = numpyRandom(2).normal(0, 1, 360);
    const rows = Array.from({ length: 120 }, (_, row) => numbers.slice(3 * row, 3 * row + 3).join(','));
    await writeFile(file('data.csv'), ['"speed, m/s",mass,force', ...rows, ''].join('\r\n'));
    await writeFile(file('inputs.csv'), 'a,b\n1,2\n2,1\n3,4\n');
    await writeFile(file('nameless.csv'), '0,1,3\n4,5,6\n');
    await writeFile(file('words.csv'), 'a,b,c\n1,2,3\n1,,3\n');
    const images = [tf.layers.flatten({ inputShape: [2, 2, 1] }), tf.layers.dense({ units: 1 })];
    await saveModel(tf.sequential({ layers: images }), file('images'));
  });

  after(() => rm(folder, { recursive: true }));

  it('writes a page, and says what it does and what to mind', async () => {
    const { code, stdout } = await netlens('explain', file('model'), file('data.csv'), '--out', file('a/report'));
    assert.equal(code, 0);
    assert.match(stdout, /^120 rows, 2 inputs, 1 outputs\nimportance …/);
    assert.match(stdout, /Written to .*index\.html\n$/);
    const page = await readFile(file('a/report/index.html'), 'utf8');
    for (const word of ['speed, m/s', 'mass', 'Scored against</dt><dd>force', 'Mean Jacobian'])
      assert.ok(page.includes(word), word);
    assert.deepEqual(await readdir(file('a/report')), ['index.html']);
  });

  it('scores against the model itself where there is no truth', async () => {
    const { code } = await netlens('explain', file('model'), file('inputs.csv'), '--out', file('b'));
    assert.equal(code, 0);
    assert.match(await readFile(file('b/index.html'), 'utf8'), /the model's own outputs/);
  });

  it('says in one line what is wrong', async () => {
    const wrong: readonly (readonly [RegExp, ...string[]])[] = [
      [/needs the command explain, got 'explode'/, 'explode'],
      [/needs a model and a CSV file, got \[/, 'explain', file('model')],
      [/Unknown option '--colour'/, 'explain', file('model'), file('data.csv'), '--colour'],
      [/needs a metric of r2, .*, got 'best'/, 'explain', file('model'), file('data.csv'), '--metric', 'best'],
      [/needs a file to read, got ENOENT/, 'explain', file('model'), file('none.csv')],
      [
        /needs names in line 1 of .*nameless\.csv, got \['0', '1', '3'\]/,
        'explain',
        file('model'),
        file('nameless.csv'),
      ],
      [/needs a number for 'b' in row 2 of .*words\.csv, got ''/, 'explain', file('model'), file('words.csv')],
      [
        /needs targets among the columns .*, got 'weight'/,
        'explain',
        file('model'),
        file('data.csv'),
        '--targets',
        'weight',
      ],
      [/loadModel needs a readable model\.json/, 'explain', file('nothing'), file('data.csv')],
      [
        /needs a model with one input \[batch, in\], got \[\[null, 2, 2, 1\]\]/,
        'explain',
        file('images'),
        file('data.csv'),
      ],
      [
        /a folder to write to, got ENOTDIR for '.*\.csv'/,
        'explain',
        file('model'),
        file('data.csv'),
        '--out',
        file('data.csv'),
      ],
      [/below 2³² as seed, got '4294967296'/, 'explain', file('model'), file('data.csv'), '--seed', '4294967296'],
      [/Option '--seed' argument is ambiguous\. /, 'explain', file('model'), file('data.csv'), '--seed', '-1'],
    ];
    const ended = await Promise.all(wrong.map(([, ...args]) => netlens(...args)));
    for (const [i, { code, stderr }] of ended.entries()) {
      assert.equal(code, 1);
      assert.match(stderr, wrong[i]![0]);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
    }
  });

  it('takes weights without their network, once it is told the layers', async () => {
    const named = fileURLToPath(new URL('../io/models/named.safetensors', import.meta.url));
    await writeFile(file('three.csv'), 'a,b,c\n1,2,3\n2,1,0\n3,4,4\n');
    const layers = ['--activation', 'tanh', '--output-activation', 'linear', '--layers', 'first, middle,last'];
    const { code, stdout, stderr } = await netlens('explain', named, file('three.csv'), '--out', file('c'), ...layers);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^3 rows, 3 inputs, 3 outputs\n/);
  });

  it('leaves nothing where the page cannot stand', async () => {
    await mkdir(file('d/index.html'), { recursive: true });
    const { code, stderr } = await netlens('explain', file('model'), file('inputs.csv'), '--out', file('d'));
    assert.equal(code, 1);
    assert.match(stderr, /^netlens explain needs a folder to write to, got EISDIR for /);
    assert.deepEqual(await readdir(file('d')), ['index.html']);
  });

  it('leaves no folder where there is nothing to write', async () => {
    const series = ['--series', '--out', file('e/f')];
    const { code, stderr } = await netlens('explain', file('model'), file('inputs.csv'), ...series);
    assert.equal(code, 1);
    assert.match(stderr, /^explain needs at least 20 rows, got 3/);
    assert.ok(!(await readdir(folder)).includes('e'));
  });

  it('helps, and tells its version', async () => {
    assert.match((await netlens('--help')).stdout, /netlens explain <model> <data\.csv>/);
    assert.match((await netlens('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
