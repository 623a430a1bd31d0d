// What is measured side by side: training and derivatives, attribution, simulation.
import { type Jobs, sideBySide } from './side-by-side.js';

const DERIVATIVES: Jobs = {
  'train-classifier': 'train 3-100-1, 15,000 rows, 50 epochs',
  gradients: '20,000 gradients of 3-100-1',
  hessians: '20,000 Hessians of 3-100-1',
  grid: 'output, gradient and Hessian of 2-100-1 on a 40×40 grid',
  'wide-hessian': 'one Hessian of 196-128-64-1',
  jacobians: '20,000 Jacobians of 8-16-16-8',
  'train-emulator': 'train 8-16-16-8, 16,000 rows, 150 epochs',
};
const SIMULATION: Jobs = { lorenz96: 'two-scale Lorenz-96, K = 8, J = 32, 200,000 steps' };
const ATTRIBUTION: Jobs = {
  'imitator-jacobians': '20,000 Jacobians',
  'relevance-zero': '20,000 × 8 maps by LRP-0',
  'relevance-epsilon': '20,000 × 8 maps by LRP-ε, ε = 0.1',
  importance: 'permutation importance of 8 inputs, 20,000 rows, 10 shuffles each',
};

/** Training and derivatives. */
export function derivativesTable(): Promise<string> {
  const subjects = ['netlens', 'TensorFlow.js', 'NumPy', 'JAX', 'PyTorch', 'Keras'];
  return sideBySide(DERIVATIVES, { subjects, rounds: 2 });
}

/** A run of Lorenz-96. */
export function simulationTable(): Promise<string> {
  return sideBySide(SIMULATION, { subjects: ['netlens', 'numba', 'C'], rounds: 5 });
}

/** What the inputs of a network that stands in for the small scale of Lorenz-96 count, at states of a run. */
export function attributionTable(): Promise<string> {
  return sideBySide(ATTRIBUTION, { subjects: ['netlens', 'JAX', 'PyTorch', 'scikit-learn'], rounds: 3 });
}
