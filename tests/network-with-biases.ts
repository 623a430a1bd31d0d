import * as tf from '@tensorflow/tfjs';
import { createMlp, numpyRandom } from 'netlens';

/** A 4-8-8-3 network with random biases, whose kinks do not meet at 0. */
export function networkWithBiases(activation: 'relu' | 'tanh'): tf.Sequential {
  const model = createMlp({ inputs: 4, hidden: [8, 8], outputs: 3, activation, outputActivation: 'linear', seed: 1 });
  const random = numpyRandom(2);
  model.setWeights(model.getWeights().map((w) => tf.tensor(Float32Array.from(random.normal(0, 0.6, w.size)), w.shape)));
  return model;
}
