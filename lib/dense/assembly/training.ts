// The kernels of training, in single precision only: a binary of their own.
export { activate } from './activation';
export { freeMemory, logarithmTable, tanhTable } from './tables';
export { backward, backwardLinear, backwardRelu, backwardStored, backwardTanh } from './training/backward';
export { forward } from './training/forward';
export { gather } from './training/gather';
export { tanhOver } from './training/hyperbolic';
export { binaryCrossentropy, categoricalCrossentropy, squaredErrors } from './training/loss';
export { shuffle } from './training/shuffle';
export { adam, fold } from './training/update';
export {
  addFour, addFourAndBias, addOne, addOneAndBias, addThree, addThreeAndBias, addTwo, addTwoAndBias, addWeightGradient,
} from './training/weights';
