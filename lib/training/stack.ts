import * as tf from '@tensorflow/tfjs';
import { KINDS } from '../dense/activation.js';
import { TAKES_LOGITS, type TrainingLayer, type TrainingNetwork } from '../dense/training/network.js';
import { changed } from '../derivatives/chain.js';
import type { Loss } from './loss.js';

/** A model that is a stack of dense layers: what it is as plain data, and where its weights are. */
export interface Stack {
  readonly network: TrainingNetwork;
  /** Copies the model's weights into the network's, layer after layer. */
  read(weights: Float32Array): void;
  /** Copies them back. */
  write(weights: Float32Array): void;
}

/** A dense layer of a model and its variables: the kernel, [in, out], and the bias, [out], if it has one. */
interface StackLayer extends TrainingLayer {
  readonly kernel: tf.Variable;
  readonly bias: tf.Variable | undefined;
}

const LIMITS = [
  'kernelRegularizer',
  'biasRegularizer',
  'activityRegularizer',
  'kernelConstraint',
  'biasConstraint',
] as const;

/**
 * A model as a stack that can be trained on the dense engine: dense layers one after the other, all of them trainable, without
 * penalties and constraints, with activations that the engine has and an output that belongs to the loss.
 */
export function stackOf(model: tf.LayersModel, loss: Loss): Stack | undefined {
  if (!(model instanceof tf.Sequential) || changed(model) || model.inputs[0]!.shape.length !== 2) return undefined;
  const own = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const layers = [...new Set(own)].map(stackLayer).filter((layer) => layer !== undefined);
  if (layers.length < own.length || !suits(layers, loss)) return undefined;
  return {
    network: { loss, layers: layers.map(({ kernel, bias, ...layer }) => layer) },
    read: (weights) => forEachWeights(layers, weights, readLayer),
    write: (weights) => forEachWeights(layers, weights, writeLayer),
  };
}

function suits(layers: readonly StackLayer[], loss: Loss): boolean {
  const activations = layers.map(({ activation }) => activation);
  const wanted = TAKES_LOGITS[loss];
  const last = activations.pop()!;
  return !activations.includes('softmax') && (wanted === undefined ? last !== 'softmax' : last === wanted);
}

function stackLayer(layer: tf.layers.Layer): StackLayer | undefined {
  const isTrainable = layer.trainableWeights.length === layer.weights.length;
  if (layer.getClassName() !== 'Dense' || changed(layer) || !isTrainable) return undefined;
  const config = layer.getConfig();
  const activation = config['activation'];
  if (!isActivation(activation) || LIMITS.some((name) => config[name])) return undefined;
  const [kernel, bias] = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const [inputs, outputs] = kernel!.shape as [number, number];
  return { inputs, outputs, biased: bias !== undefined, activation, alpha: 1, kernel: kernel!, bias };
}

function isActivation(name: unknown): name is TrainingLayer['activation'] {
  return name === 'softmax' || (KINDS as readonly unknown[]).includes(name);
}

type Use = (layer: StackLayer, weights: Float32Array) => void;

function forEachWeights(layers: readonly StackLayer[], weights: Float32Array, use: Use): void {
  let start = 0;
  for (const layer of layers) {
    const end = start + layer.outputs * lineOf(layer);
    use(layer, weights.subarray(start, end));
    start = end;
  }
}

function lineOf({ inputs, biased }: StackLayer): number {
  return inputs + Number(biased);
}

function readLayer(layer: StackLayer, weights: Float32Array): void {
  const { inputs, outputs, kernel, bias } = layer;
  const line = lineOf(layer);
  const values = kernel.dataSync();
  const biases = bias?.dataSync();
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) weights[o * line + i] = values[i * outputs + o]!;
    if (biases) weights[o * line + inputs] = biases[o]!;
  }
}

function writeLayer(layer: StackLayer, weights: Float32Array): void {
  const { inputs, outputs, kernel, bias } = layer;
  const line = lineOf(layer);
  const values = new Float32Array(inputs * outputs);
  const biases = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) values[i * outputs + o] = weights[o * line + i]!;
    biases[o] = weights[o * line + inputs]!;
  }
  tf.tidy(() => {
    kernel.assign(tf.tensor2d(values, [inputs, outputs]));
    bias?.assign(tf.tensor1d(biases));
  });
}
