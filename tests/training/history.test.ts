import assert from 'node:assert/strict';
import { jupyterDisplay } from '../../lib/plot/display.js';
import { history, type Progress } from '../../lib/training/history.js';

const epochs = (count: number): Progress[] =>
  Array.from({ length: count }, (_, i) => ({
    epoch: i + 1,
    epochs: count,
    isLast: i + 1 === count,
    loss: 1 / (i + 1),
    accuracy: undefined,
    validationLoss: 2 / (i + 1),
    validationAccuracy: undefined,
    seconds: i,
  }));
const bundle = (count: number, stopped = false, bestEpoch?: number) =>
  history(epochs(count), { stopped, bestEpoch, seconds: 1.25 })[jupyterDisplay]() as {
    'text/plain': string;
    'text/html': string;
  };

describe('a history', () => {
  it('has one value per epoch, and none of what was not measured', () => {
    const {
      loss,
      validationLoss,
      accuracy,
      validationAccuracy,
      epochs: done,
      stopped,
      seconds,
    } = history(epochs(2), { stopped: false, seconds: 3 });
    assert.deepEqual(
      { loss, validationLoss, accuracy, validationAccuracy, done, stopped, seconds },
      {
        loss: [1, 0.5],
        validationLoss: [2, 1],
        accuracy: [],
        validationAccuracy: [],
        done: 2,
        stopped: false,
        seconds: 3,
      },
    );
  });

  it('shows itself as a small table from the first to the last epoch', () => {
    assert.equal(
      bundle(100)['text/plain'],
      [
        '100 epochs in 1.3 s',
        'epoch    loss  validation loss',
        '    1  1.0000           2.0000',
        '   26  0.0385           0.0769',
        '   51  0.0196           0.0392',
        '   75  0.0133           0.0267',
        '  100  0.0100           0.0200',
      ].join('\n'),
    );
    assert.match(
      bundle(2)['text/html'],
      /^<table><caption>2 epochs in 1.3 s<\/caption><thead><tr><th>epoch<\/th>.*<td>0.5000<\/td>/,
    );
  });

  it('says when the training was stopped, even before the first epoch', () => {
    assert.equal(bundle(1, true)['text/plain'].split('\n')[0], '1 epoch in 1.3 s, stopped');
    assert.equal(bundle(7, true, 4)['text/plain'].split('\n')[0], '7 epochs in 1.3 s, stopped, weights of epoch 4');
    assert.equal(bundle(0, true)['text/plain'], '0 epochs in 1.3 s, stopped\nepoch');
  });
});
