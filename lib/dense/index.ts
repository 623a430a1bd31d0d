export type { DenseActivation } from './activation.js';
export {
  type DerivativesByOrder,
  type DerivativesOptions,
  derivatives,
  type FirstDerivatives,
  type SecondDerivatives,
  type ThirdDerivatives,
} from './derivatives.js';
export { gradient, type OutputOptions } from './gradient.js';
export { hessian } from './hessian.js';
export { jacobian } from './jacobian.js';
export { type ComputeOptions, predict } from './predict.js';
export { type DenseLayer, type DenseLayerOptions, type DenseStack, denseStack } from './stack.js';
export { thirdDerivatives } from './third-derivatives.js';
