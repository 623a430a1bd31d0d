// What is timed beside derivatives: two trainings, a run of Lorenz-96, and what its inputs count for a network.
import type { Lorenz96Options, MlpOptions, TrainOptions } from 'netlens';

/** A network before its training, and what it is trained with. */
interface Training {
  readonly network: MlpOptions;
  readonly options: Required<Pick<TrainOptions, 'epochs' | 'learningRate' | 'loss'>>;
}

export const BATCH_SIZE = 1024;
/** A classifier of events, and a network that learns what another one gives; both with a quarter or a fifth held out. */
export const TRAININGS: Readonly<Record<'train-classifier' | 'train-emulator', Training>> = {
  'train-classifier': {
    network: { inputs: 3, hidden: [100], outputs: 1, activation: 'tanh', outputActivation: 'sigmoid', seed: 3 },
    options: { epochs: 50, learningRate: 0.001, loss: 'binaryCrossentropy' },
  },
  'train-emulator': {
    network: { inputs: 8, hidden: [16, 16], outputs: 8, activation: 'relu', outputActivation: 'linear', seed: 3 },
    options: { epochs: 150, learningRate: 0.003, loss: 'meanSquaredError' },
  },
};

/** A network with many inputs, as small images have. */
export const WIDE: MlpOptions = {
  inputs: 196,
  hidden: [128, 64],
  outputs: 1,
  activation: 'tanh',
  outputActivation: 'sigmoid',
  seed: 3,
};

/** 200,000 steps, every tenth kept. */
export const LORENZ96: Lorenz96Options = { K: 8, J: 32, F: 18, samples: 20_001, seed: 14 };

/** The stabiliser of LRP-ε. */
export const EPSILON = 0.1;
/** How often each input is shuffled. */
export const SHUFFLES = 10;
