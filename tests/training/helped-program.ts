import { startHelper } from '../../lib/training/helper.js';
import { networkOf } from '../dense/training/job.js';

// Starts a helper, waits until it is there, and ends without dismissing it.

const network = networkOf([1, 1], 'meanSquaredError', ['linear']);
const helper = startHelper(network, new Float32Array(4), 1);
const weights = new Float32Array(4);
while (!helper.begin({ from: 0, to: 1, scale: 1 }, weights)) await new Promise((resolve) => setTimeout(resolve, 10));
helper.end(weights);
console.log('there');
