import * as tf from '@tensorflow/tfjs';
import { simulateLorenz96 } from '../lib/lorenz96.js';
import { createMlp } from '../lib/model.js';
import { train } from '../lib/train.js';
import type { Examples } from '../lib/training/examples.js';

/** The seed of the run that the network learns from: that of the published one. */
const RUN_SEED = 14;
/** Draws the first weights and the order of the samples; a typical one: all figures lie well within those of published networks. */
const NETWORK_SEED = 12;
/** So many samples are learnt from; those after them are only measured. */
const LEARNT_SAMPLES = 16_001;

/** The run behind `data/lorenz96-network`, X with its coupling: 200,000 steps, 20,001 samples. The caller disposes. */
export async function lorenz96Samples(): Promise<{
  readonly all: Examples;
  readonly learnt: Examples;
  readonly later: Examples;
}> {
  const run = await simulateLorenz96({
    K: 8,
    J: 32,
    F: 18,
    dt: 0.001,
    samples: 20_001,
    stepsPerSample: 10,
    seed: RUN_SEED,
  });
  const all = { x: run.tensor('X'), y: run.tensor('coupling') };
  const part = (from: number, count: number): Examples => ({
    x: tf.slice(all.x, [from, 0], [count, -1]),
    y: tf.slice(all.y, [from, 0], [count, -1]),
  });
  return { all, learnt: part(0, LEARNT_SAMPLES), later: part(LEARNT_SAMPLES, run.samples - LEARNT_SAMPLES) };
}

/** The network of `data/lorenz96-network`, 8-16-16-8 with ReLU, trained on these samples with the published recipe. The caller disposes. */
export async function lorenz96Network(learnt: Examples): Promise<tf.LayersModel> {
  const network = createMlp({
    inputs: 8,
    hidden: [16, 16],
    outputs: 8,
    activation: 'relu',
    outputActivation: 'linear',
    seed: NETWORK_SEED,
  });
  await train(network, learnt.x, learnt.y, {
    epochs: 150,
    batchSize: 1024,
    learningRate: 0.003,
    loss: 'meanSquaredError',
    seed: NETWORK_SEED,
  });
  return network;
}
