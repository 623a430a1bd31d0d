// @ts-check
// Multiplies two matrices in native TensorFlow and prints how the library says it computes.
import { matMul, tensor2d } from '@tensorflow/tfjs';
import { useBackend } from 'netlens';

const { text } = await useBackend('native');
const [product] = matMul(tensor2d([[1, 2]]), tensor2d([[3], [4]])).dataSync();
if (product !== 11) throw new Error(`1 · 3 + 2 · 4 is ${product} here`);
console.log(text);
