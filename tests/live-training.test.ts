import assert from 'node:assert/strict';
import { liveTraining } from '../lib/live-training.js';
import type { Progress } from '../lib/training/history.js';
import { onPage } from './page.js';

const progress = (epoch: number, epochs: number, seconds = epoch, isLast = epoch === epochs): Progress => ({
  epoch,
  epochs,
  isLast,
  loss: 1 / epoch,
  validationLoss: 2 / epoch,
  accuracy: undefined,
  validationAccuracy: undefined,
  seconds,
});
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('liveTraining', () => {
  it('shows the epoch and the time left at once', async () => {
    const shown = await onPage(() => liveTraining()(progress(2, 10, 3)));
    assert.deepEqual(
      shown.map(({ bundle }) => bundle),
      [{ 'text/plain': 'epoch 2 of 10, loss 0.5, about 12 s left' }],
    );
  });

  it('says small losses and long times in short words', async () => {
    const [shown] = await onPage(() => liveTraining()(progress(2000, 2_000_000, 3)));
    assert.deepEqual(shown?.bundle, { 'text/plain': 'epoch 2000 of 2000000, loss 5.000e-4, about 50 min left' });
  });

  it('draws the curve while the training goes on, in one place', async () => {
    const shown = await onPage(async (now) => {
      const handler = liveTraining();
      for (let epoch = 1; epoch < 500 && !now.some(({ bundle }) => 'image/svg+xml' in bundle); epoch++) {
        await handler(progress(epoch, 500));
        await pause(60);
      }
    });
    const [first, ...later] = shown;
    assert.equal(first!.update, false);
    assert.ok(later.length > 0 && later.every(({ id, update }) => update && id === first!.id && id !== undefined));
    const svg = String(later.at(-1)!.bundle['image/svg+xml']);
    assert.match(svg, /^<svg/);
    assert.match(svg, /epoch \d+ of 500, loss [\d.]+, about \d+ (s|min) left/);
  });

  it('leaves the finished figure behind, before the training ends', async () => {
    const shown = await onPage(async () => {
      const handler = liveTraining({ title: 'Fall', yAxis: 'cross-entropy' });
      for (let epoch = 1; epoch <= 3; epoch++) await handler(progress(epoch, 3));
    });
    const { bundle, metadata, id, update } = shown.at(-1)!;
    assert.deepEqual(Object.keys(bundle), ['application/vnd.plotly.v1+json', 'image/png', 'text/plain']);
    assert.match(
      String(bundle['text/plain']),
      /“Fall”.*vertical: cross-entropy\. training: 3 points, from 1 to 0\.333.*validation: 3 points/,
    );
    assert.deepEqual(metadata, { 'image/png': { width: 720, height: 420, alt: bundle['text/plain'] } });
    assert.deepEqual([id, update], [shown[0]!.id, true]);
    await pause(300);
    assert.equal(shown.at(-1)!.bundle, bundle);
  });

  it('leaves it behind too where the training ends early', async () => {
    const shown = await onPage(() => liveTraining()(progress(3, 10, 3, true)));
    assert.match(
      JSON.stringify(shown.at(-1)!.bundle['application/vnd.plotly.v1+json']),
      /3 of 10 epochs in 3\.0 s, loss/,
    );
  });

  it('draws a logarithmic axis where asked to and all values are above 0', async () => {
    const axis = async (loss: number) => {
      const shown = await onPage(() => liveTraining({ yScale: 'log' })({ ...progress(1, 1), loss }));
      const graph = shown.at(-1)!.bundle['application/vnd.plotly.v1+json'] as { layout: { yaxis: { type: string } } };
      return graph.layout.yaxis.type;
    };
    assert.deepEqual([await axis(0.5), await axis(0)], ['log', 'linear']);
  });

  it('keeps trainings apart', async () => {
    const shown = await onPage(async () => {
      await liveTraining()(progress(1, 2));
      await liveTraining()(progress(1, 2));
    });
    assert.notEqual(shown[0]!.id, shown[1]!.id);
  });

  it('does not hold up the training', async () => {
    await onPage(async () => {
      const handler = liveTraining();
      const start = performance.now();
      for (let epoch = 1; epoch < 2000; epoch++) await handler(progress(epoch, 2000));
      assert.ok(performance.now() - start < 2000, `${performance.now() - start} ms for 2000 epochs`);
    });
  });

  it('is silent where nobody looks', async () => {
    await liveTraining()(progress(1, 1));
  });
});
