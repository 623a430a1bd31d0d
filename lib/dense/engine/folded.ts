// Matrices that do not depend on the row: products of weights, computed once for a call.

import { transposed } from '../../transposed.js';
import { forEachPair, forEachTriple, pairs, triples } from '../packing.js';
import type { DenseLayer } from '../stack.js';
import type { Pass } from './forward.js';
import { type Network, placeNumbers } from './network.js';

/** W of hidden layer q the other way round, [inputs][outputs]. */
export function turnedWeights({ engine, stack }: Network, q: number): number {
  const { weights, biases } = stack.layers[q]!;
  return placeNumbers(engine, transposed(weights, [biases.length, weights.length / biases.length]));
}

/** The top hidden layer's W times the weights w of an output, M[i][u] = w[u] W[u][i]. */
export function foldedOutput({ engine, stack }: Network, o: number): number {
  const top = stack.layers.at(-2)!;
  const units = top.biases.length;
  const inputs = top.weights.length / units;
  const turned = transposed(top.weights, [units, inputs]);
  outputWeights(stack.layers.at(-1)!, o).forEach((above, unit) => {
    for (let n = unit; n < turned.length; n += units) turned[n]! *= above;
  });
  return placeNumbers(engine, turned);
}

/** The weights of one output of a layer. */
export function outputWeights({ weights, biases }: DenseLayer, o: number): Float64Array {
  const inputs = weights.length / biases.length;
  return weights.subarray(o * inputs, (o + 1) * inputs);
}

/** Products of a unit's weights in the first layer, times a factor of the unit: P[ij][u] = c[u] W[u][i] W[u][j]. */
export function pairProducts({ engine, stack }: Network, factors?: Float64Array): number {
  const { inputs } = stack;
  const { weights, biases } = stack.layers[0]!;
  const units = biases.length;
  const products = new Float64Array(pairs(inputs) * units);
  forEachPair(inputs, (i, j, place) => {
    for (let u = 0, w = 0; u < units; u++, w += inputs)
      products[place * units + u] = (factors?.[u] ?? 1) * weights[w + i]! * weights[w + j]!;
  });
  return placeNumbers(engine, products);
}

/** The same for triples: P[ijk][u] = c[u] W[u][i] W[u][j] W[u][k]. */
export function tripleProducts({ engine, stack }: Network, factors?: Float64Array): number {
  const { inputs } = stack;
  const { weights, biases } = stack.layers[0]!;
  const units = biases.length;
  const products = new Float64Array(triples(inputs) * units);
  forEachTriple(inputs, (i, j, k, place) => {
    for (let u = 0, w = 0; u < units; u++, w += inputs)
      products[place * units + u] = (factors?.[u] ?? 1) * weights[w + i]! * weights[w + j]! * weights[w + k]!;
  });
  return placeNumbers(engine, products);
}

/** The products of pairs the other way round, P[u][ij]. */
export function pairColumns({ engine, stack }: Network): number {
  const { inputs } = stack;
  const { weights, biases } = stack.layers[0]!;
  const width = pairs(inputs);
  const products = new Float64Array(width * biases.length);
  forEachPair(inputs, (i, j, place) => {
    for (let u = 0; u < biases.length; u++)
      products[u * width + place] = weights[u * inputs + i]! * weights[u * inputs + j]!;
  });
  return placeNumbers(engine, products);
}

/** As many zeros as the packed derivatives of the highest order are. */
export function placeZeros({ network, order }: Pass): number {
  const { inputs } = network.stack;
  return placeNumbers(network.engine, new Float64Array(order < 2 ? 0 : (order < 3 ? pairs : triples)(inputs)));
}
