import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTrainingEngine } from '../../lib/dense/training/engine.js';
import { parameterCount, type TrainingNetwork } from '../../lib/dense/training/network.js';
import { waitForChange } from '../../lib/training/exchange.js';
import { type Helper, startHelper } from '../../lib/training/helper.js';
import { startingTime } from '../../lib/training/spare-thread.js';
import { type Job, jobOf, networkOf, trained, trainerOf } from '../dense/training/job.js';

const network = networkOf([3, 20, 2], 'categoricalCrossentropy', ['tanh', 'softmax']);
const nothing = { from: 0, to: 0, scale: undefined };

/** A helper that is there: it has done its first task. */
async function helperFor(job: Job): Promise<Helper> {
  const weights = new Float32Array(parameterCount(job.network));
  const trainer = trainerOf(createTrainingEngine(), job);
  const helper = startHelper(job.network, trainer.records(), job.rows);
  while (!helper.begin(nothing, weights)) await new Promise((resolve) => setTimeout(resolve, 10));
  helper.end(weights);
  return helper;
}

describe('a helper', () => {
  it('changes no bit of what is learnt', async () => {
    const job = jobOf(network, 700);
    const alone = trained(trainerOf(createTrainingEngine(), job), job, { epochs: 4, batchSize: 300 });
    const helper = await helperFor(job);
    let helped = 0;
    const counting: Helper = {
      ...helper,
      begin(task, weights) {
        const isBegun = helper.begin(task, weights);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20); // time to begin in, however busy the machine is
        return isBegun;
      },
      end(gradient) {
        const sums = helper.end(gradient);
        if (sums) helped += 1;
        return sums;
      },
    };
    const trainer = trainerOf(createTrainingEngine(), job);
    trainer.invite(counting);
    assert.deepEqual(trained(trainer, job, { epochs: 4, batchSize: 300 }), alone);
    assert.ok(helped > 0, `${helped} of 12 tasks`);
    helper.dismiss();
  });

  it('does no task that the caller has done because it was late', async () => {
    const job = jobOf(network, 700);
    const helper = await helperFor(job);
    const weights = new Float32Array(parameterCount(network));
    const ends = Array.from(
      { length: 50 },
      () => helper.begin({ from: 0, to: 700, scale: 1 }, weights) && helper.end(weights),
    );
    assert.ok(ends.every((sums) => sums === undefined || (sums && Number.isFinite(sums.loss))));
    const trainer = trainerOf(createTrainingEngine(), job);
    trainer.invite(helper);
    assert.deepEqual(trained(trainer, job), trained(trainerOf(createTrainingEngine(), job), job));
    helper.dismiss();
  });

  it('is not there when it has been dismissed: then the trainer works alone', async () => {
    const job = jobOf(network, 700);
    const alone = trained(trainerOf(createTrainingEngine(), job), job);
    const helper = await helperFor(job);
    const trainer = trainerOf(createTrainingEngine(), job);
    trainer.invite(helper);
    helper.dismiss();
    assert.equal(helper.begin(nothing, new Float32Array(4)), false);
    assert.deepEqual(trained(trainer, job), alone);
  });

  it('is there at once where a thread has helped before, whatever with', async () => {
    (await helperFor(jobOf(network, 700))).dismiss();
    assert.equal(startingTime(), 2);
    const other = jobOf(networkOf([2, 30, 1], 'meanSquaredError', ['relu', 'linear']), 500);
    const helper = await helperFor(other);
    assert.ok(startingTime() > 2, 'the only spare thread is in use');
    const trainer = trainerOf(createTrainingEngine(), other);
    trainer.invite(helper);
    assert.deepEqual(trained(trainer, other), trained(trainerOf(createTrainingEngine(), other), other));
    helper.dismiss();
  });

  it('leaves one spare thread, however many have helped', async () => {
    const helpers = await Promise.all([700, 600].map((rows) => helperFor(jobOf(network, rows))));
    for (const helper of helpers) helper.dismiss();
    for (const helper of helpers) helper.dismiss();
    assert.equal(startingTime(), 2);
    (await helperFor(jobOf(network, 500))).dismiss();
  });

  it('leaves the thread to whom it helps by then, where it is dismissed twice', async () => {
    const first = await helperFor(jobOf(network, 700));
    first.dismiss();
    const second = await helperFor(jobOf(network, 600));
    first.dismiss();
    assert.ok(startingTime() > 2, 'the only spare thread is in use');
    second.dismiss();
  });

  it('is not missed where threads cannot start', () => {
    const job = jobOf(network, 200);
    const unsendable: TrainingNetwork = Object.assign({ reason: () => 'a function' }, network);
    const trainer = trainerOf(createTrainingEngine(), job);
    const helper = startHelper(unsendable, trainer.records(), 200);
    trainer.invite(helper);
    assert.equal(helper.begin(nothing, trainer.weights()), false);
    assert.deepEqual(trained(trainer, job), trained(trainerOf(createTrainingEngine(), job), job));
  });

  it('is not waited for when it does not answer', () => {
    const signals = new Int32Array(new SharedArrayBuffer(4));
    assert.equal(waitForChange(signals, 0, 0, 20), false);
    assert.equal(waitForChange(signals, 0, 1, 20), true);
  });

  it('does not keep a program alive', async () => {
    const program = fileURLToPath(new URL('./helped-program.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', '--conditions=source', program]);
    assert.equal(stdout, 'there\n');
  });
});
