import { exact, type ReferenceLayer, relevanceByHand } from './reference.js';
import { EPSILON } from './tasks.js';
import type { Matrix } from './work.js';

/** The exact answers of the jobs that have one. */
export function answers(work: Readonly<Record<string, Matrix>>): Readonly<Record<string, readonly number[]>> {
  const stack = (network: string, activations: readonly ReferenceLayer['activation'][]): ReferenceLayer[] =>
    activations.map((activation, i) => ({
      weights: work[`${network}-weights-${i}`]!,
      biases: work[`${network}-biases-${i}`]!,
      activation,
    }));
  const events = exact(stack('classifier', ['tanh', 'sigmoid']), work['events']!, 2);
  const imitator = stack('imitator', ['relu', 'relu', 'linear']);
  const states = work['attractor']!;
  return {
    gradients: events[1],
    hessians: events[2],
    grid: exact(stack('map', ['tanh', 'sigmoid']), work['grid']!, 2).flat(),
    'wide-hessian': exact(stack('wide', ['tanh', 'tanh', 'sigmoid']), work['image']!, 2)[2],
    jacobians: exact(stack('emulator', ['relu', 'relu', 'linear']), work['states']!, 1)[1],
    'imitator-jacobians': exact(imitator, states, 1)[1],
    'relevance-zero': relevanceByHand(imitator, states, 0),
    'relevance-epsilon': relevanceByHand(imitator, states, EPSILON),
  };
}
