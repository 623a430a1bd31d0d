import * as tf from '@tensorflow/tfjs';

/**
 * Lets powers be differentiated more often than their exponent says, at zero too: TensorFlow.js writes the derivative of x^p
 * as p · x^(p−1), which is 0 · ∞ at x = 0 once p is used up.
 */
export function repairPowers(): void {
  const { gradFunc, ...original } = tf.getGradient(tf.Pow);
  tf.unregisterGradient(tf.Pow);
  tf.registerGradient({
    ...original,
    gradFunc: (dy, [base, exponent, power], attributes) => {
      const constant = tf.equal(exponent!, 0);
      const counted = tf.where(constant, tf.zerosLike(dy as tf.Tensor), dy as tf.Tensor);
      const other = tf.where(constant, tf.onesLike(exponent!), exponent!);
      return {
        a: () => gradFunc(counted, [base!, other, power!], attributes)['a']!(),
        b: () => gradFunc(dy, [base!, exponent!, power!], attributes)['b']!(),
      };
    },
  });
}
