import { engine } from './engine.js';
import { registerCumulativeProductGradient } from './gradients/cumulative-product.js';
import { registerEluGradient } from './gradients/elu.js';
import { registerFlatGradients } from './gradients/flat.js';
import { repairOrder } from './order.js';

/**
 * Makes nested gradients right in TensorFlow.js, once per process: `tf.grad` of `tf.grad` and `tf.variableGrads` of a loss that
 * contains a gradient.
 *
 * The tape gets its right order, and operations without a gradient, those that gradients are made of above all, get one. First
 * derivatives stay what they are, bit for bit.
 */
export function repairTape(): void {
  repairOrder(engine());
  registerFlatGradients();
  registerEluGradient();
  registerCumulativeProductGradient();
}
