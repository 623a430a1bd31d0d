export { activate } from './activation';
export { addCurvature, addTorsion, bend } from './curvature';
export { headFirst, headSecond, headThird } from './head';
export { fill, toBlock, toRows } from './layout';
export { addToKeys, patternJacobians } from './patterns';
export { affine, product } from './product';
export { scaleMatrix, scaleRows } from './scale';
export { centre, reduce, reduceSecond, reduceThird, softmax } from './softmax';
export { freeMemory, logarithmTable, tanhTable } from './tables';
