import { repairSaving } from './absent.js';
import { engine, ownState } from './engine.js';
import { repairBroadcasting } from './gradients/broadcast.js';
import { registerConvolutionGradients } from './gradients/convolution.js';
import { registerCumulativeProductGradient } from './gradients/cumulative-product.js';
import { registerEluGradient } from './gradients/elu.js';
import { registerFlatGradients } from './gradients/flat.js';
import { repairGathering } from './gradients/gathering.js';
import { registerPoolingGradients } from './gradients/pooling.js';
import { repairPowers } from './gradients/power.js';
import { registerResizingGradients } from './gradients/resizing.js';
import { registerMissingKernels } from './kernels.js';
import { noteReading } from './reading.js';
import { repairRecording } from './recording.js';

const repairs = [
  registerFlatGradients,
  registerEluGradient,
  registerCumulativeProductGradient,
  registerPoolingGradients,
  registerConvolutionGradients,
  registerResizingGradients,
  registerMissingKernels,
  repairBroadcasting,
  repairGathering,
  repairPowers,
];

/**
 * Makes nested gradients right in TensorFlow.js, once per process: `tf.grad` of `tf.grad`, and `tf.variableGrads` of a loss
 * that contains a gradient.
 *
 * Operations are recorded in their right order, and those without a gradient, above all those that gradients are made of, get
 * one. First derivatives stay what they are, bit for bit; some that threw, or gave NaN, now give numbers.
 */
export function repairTape(): void {
  const tape = engine();
  if (tape[ownState]) return;
  const own = { differentiating: 0, foreign: new Set<string>(), reading: false };
  tape[ownState] = own;
  repairSaving(tape);
  noteReading(tape, own);
  repairRecording(tape, own);
  for (const repair of repairs) repair();
}
