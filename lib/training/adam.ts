import * as tf from '@tensorflow/tfjs';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

/** A method that changes weights step by step against their gradients. */
export interface Optimiser {
  /** One step: changes the variables; the gradients are in the order of the variables. */
  step(gradients: readonly tf.Tensor[]): void;
  /** Frees the memory of the steps before. */
  dispose(): void;
}

/**
 * Adam, as Keras defines it: with g the gradient, m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², and in step t
 * w ← w − α √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε), where β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁷.
 *
 * TensorFlow.js' own Adam adds ε after the correction of v, not before, and forms the powers of β in single precision.
 *
 * @param variables - the weights, changed in place.
 * @param learningRate - α.
 * @see Kingma & Ba (2015), arXiv:1412.6980, end of section 2
 */
export function adam(variables: readonly tf.Variable[], learningRate: number): Optimiser {
  const state = variables.map((w) => ({ w, m: zeros(w), v: zeros(w) }));
  let [power1, power2] = [1, 1]; // multiplied: a power function need not give the same bits everywhere
  const step = (gradients: readonly tf.Tensor[]): void => {
    power1 *= BETA1;
    power2 *= BETA2;
    const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    tf.tidy(() => {
      for (const [i, { w, m, v }] of state.entries()) {
        const g = gradients[i]!;
        m.assign(tf.add(tf.mul(m, BETA1), tf.mul(g, 1 - BETA1)));
        v.assign(tf.add(tf.mul(v, BETA2), tf.mul(tf.square(g), 1 - BETA2)));
        w.assign(tf.sub(w, tf.mul(rate, tf.div(m, tf.add(tf.sqrt(v), EPSILON)))));
      }
    });
  };
  return { step, dispose: () => tf.dispose(state.flatMap(({ m, v }) => [m, v])) };
}

function zeros(like: tf.Tensor): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zerosLike<tf.Tensor>(like), false));
}
