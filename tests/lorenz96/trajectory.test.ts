import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { type Bundle, type Displayable, simulateLorenz96, type Trajectory } from 'netlens';
import { jupyterDisplay } from '../../lib/plot/display.js';

const OPTIONS = { K: 5, J: 3, F: 12, h: 1, b: 8, c: 7, dt: 0.002, samples: 6, seed: 1 } as const;

function shown(trajectory: Displayable): Bundle {
  return trajectory[jupyterDisplay]() as Bundle;
}

describe('a trajectory', () => {
  let trajectory: Trajectory;
  before(async () => {
    trajectory = await simulateLorenz96(OPTIONS);
  });

  it('stands beside its sizes and its parameters', () => {
    const { K, J, samples, parameters } = trajectory;
    assert.deepEqual({ K, J, samples }, { K: 5, J: 3, samples: 6 });
    assert.deepEqual(parameters, { K: 5, J: 3, F: 12, h: 1, b: 8, c: 7 });
    assert.deepEqual([trajectory.time.length, trajectory.X.length], [6, 30]);
    assert.deepEqual([trajectory.Y.length, trajectory.coupling.length], [90, 30]);
  });

  it('cannot be changed, and goes on with its own parameters and final state', async () => {
    assert.throws(() => Object.assign(trajectory, { samples: 7 }), TypeError);
    const { parameters, final } = trajectory;
    const more = await simulateLorenz96({ ...parameters, dt: 0.002, samples: 2, initial: final });
    assert.deepEqual([...more.X.subarray(0, 5)], [...trajectory.X.subarray(25)]);
  });

  it('gives itself as tensors that the caller disposes', () => {
    const before = tf.memory().numTensors;
    const [X, Y, coupling] = [trajectory.tensor(), trajectory.tensor('Y'), trajectory.tensor('coupling')];
    assert.deepEqual(
      [X.shape, Y.shape, coupling.shape],
      [
        [6, 5],
        [6, 5, 3],
        [6, 5],
      ],
    );
    assert.deepEqual([...X.dataSync()], [...Float32Array.from(trajectory.X)]);
    assert.deepEqual([...Y.dataSync()], [...Float32Array.from(trajectory.Y)]);
    assert.deepEqual([...coupling.dataSync()], [...Float32Array.from(trajectory.coupling)]);
    assert.equal(tf.memory().numTensors, before + 3);
    tf.dispose([X, Y, coupling]);
    assert.throws(() => trajectory.tensor('Z' as never), {
      name: 'RangeError',
      message: "tensor needs a variable of X, Y or coupling, got 'Z'",
    });
  });

  it('shows itself as a short table', () => {
    const bundle = shown(trajectory);
    const text = String(bundle['text/plain']);
    assert.match(text, /^Lorenz-96, K = 5, J = 3, F = 12: 6 samples, time 0 to 0.1\n/);
    const mean = trajectory.X.reduce((sum, value) => sum + value, 0) / 30;
    assert.match(text, new RegExp(`\\nX +\\[6, 5\\] +${Number(mean.toPrecision(4))} `));
    assert.match(text, /\nY +\[6, 15\] /);
    assert.equal(text.split('\n').length, 5);
    assert.match(String(bundle['text/html']), /^<table><caption.*6 samples.*<td[^>]*>coupling<\/td>/);
  });

  it('shows only X in one scale, and says when it was stopped', async () => {
    const run = await simulateLorenz96({ ...OPTIONS, J: 0, signal: AbortSignal.abort() });
    assert.match(
      String(shown(run)['text/plain']),
      /^Lorenz-96, K = 5, F = 12: 1 samples, time 0 to 0 \(stopped\)\n.*\nX [^\n]*$/,
    );
    const none = await simulateLorenz96({ ...OPTIONS, spinUpSteps: 5, signal: AbortSignal.abort() });
    assert.match(String(shown(none)['text/plain']), /no samples \(stopped\)/);
  });
});
