import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../lib/backend.js';
import { jupyterDisplay } from '../lib/plot/display.js';

const root = join(import.meta.dirname, '..');

/** What a program prints, standard output and error together, in a fresh process. */
function printed(program: string): string {
  const script = `import { useBackend } from 'netlens'; import * as tf from '@tensorflow/tfjs'; ${program}`;
  const node = ['--import=tsx', '--conditions=source', '--input-type=module', '--eval', script];
  return execFileSync('sh', ['-c', '"$0" "$@" 2>&1', process.execPath, ...node], { cwd: root, encoding: 'utf8' });
}

describe('useBackend', () => {
  for (const backend of ['wasm', 'cpu'] as const)
    it(`computes with ${backend} where asked to, and says so`, async () => {
      const report = await useBackend(backend);
      assert.equal(report.backend, backend);
      assert.equal(tf.getBackend(), backend);
      assert.match(report.text, backend === 'wasm' ? /WebAssembly, with SIMD, in one thread$/ : /plain JavaScript$/);
      assert.deepEqual(report[jupyterDisplay](), { 'text/plain': report.text });
      assert.ok(Object.isFrozen(report));
      tf.tidy(() => assert.deepEqual([...tf.add(tf.tensor1d([1, 2]), 1).dataSync()], [2, 3]));
    });

  it('takes the fastest backend that is there, and says why not a faster one', async () => {
    const report = await useBackend();
    const native = await useBackend('native').then(
      () => true,
      () => false,
    );
    assert.equal(report.backend, native ? 'native' : 'wasm');
    if (!native)
      assert.match(
        report.text,
        /WebAssembly.* \(not native: @tensorflow\/tfjs-node-gpu .*, @tensorflow\/tfjs-node .*\)$/,
      );
    await useBackend('wasm');
  });

  it('may be called again: same report, tensors stay valid, nothing is left behind', async () => {
    await useBackend('wasm');
    const before = tf.memory().numTensors;
    const x = tf.tensor1d([1, 2, 3]);
    const [first, second] = [await useBackend('cpu'), await useBackend('cpu')];
    assert.deepEqual([first.text, first.package], [second.text, second.package]);
    await useBackend('wasm');
    assert.deepEqual([...x.dataSync()], [1, 2, 3]);
    x.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('does not take the stand-in for tfjs-node, which danfojs asks for, for native TensorFlow', async () => {
    const report = await useBackend('native').catch((error: Error) => error);
    if (report instanceof Error)
      assert.match(
        report.message,
        /^useBackend needs a backend that is there, got native: .*tfjs-node has no compiled part/,
      );
    else assert.equal(tf.getBackend(), 'tensorflow');
    await useBackend('wasm');
  });

  it('prints nothing, where TensorFlow.js alone prints an advertisement, and leaves warnings on', () => {
    assert.match(printed('tf.ones([2]);'), /Hi, looks like you are running TensorFlow.js in Node.js/);
    assert.equal(printed("await useBackend('cpu'); tf.ones([2]).print();"), 'Tensor\n    [1, 1]\n');
    assert.equal(printed("await useBackend(); console.log(tf.env().getBool('PROD'))"), 'false\n');
  });

  it('leaves the errors of the process to their owner', () => {
    const counts = "process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection')";
    assert.equal(printed(`const before = ${counts}; await useBackend('wasm'); console.log(${counts} - before)`), '0\n');
  });

  it('refuses what is no backend', async () => {
    await assert.rejects(useBackend('webgl' as 'cpu'), {
      name: 'RangeError',
      message: "useBackend needs 'native', 'wasm' or 'cpu', got 'webgl'",
    });
  });
});
