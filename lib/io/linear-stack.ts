import { need } from '../need.js';
import { transposed } from '../transposed.js';
import { type Blueprint, dense, type Part } from './sequential.js';
import type { StateDictOptions } from './state-dict-options.js';
import { count, shapeText, type Weights } from './weights.js';

/** The tensors of a state dict by name, and whether they stand in the order of the layers. */
export interface NamedTensors {
  readonly tensors: ReadonlyMap<string, Weights>;
  readonly inOrder: boolean;
}

interface Linear {
  readonly name: string;
  /** Shape [outputs, inputs], as PyTorch keeps it. */
  readonly weight: Weights;
  readonly bias: Weights | undefined;
}

/**
 * A stack of Linear layers out of the tensors of a state dict, `NAME.weight` [outputs, inputs] and `NAME.bias` [outputs].
 *
 * @throws Error if there is any other tensor, a shape does not fit, or the order of the layers is neither known nor given.
 */
export function linearStack({ tensors, inOrder }: NamedTensors, options: StateDictOptions, path: string): Blueprint {
  needLinear(tensors, path);
  const found = linearLayers(tensors);
  const layers = inOrder && options.layers === undefined ? found : ordered(found, options.layers, path);
  const parts = layers.map(({ name, weight, bias }, i): Part => {
    const activation = i === layers.length - 1 ? options.outputActivation : options.activation!;
    const [outputs, inputs] = weight.shape as [number, number];
    const kernel = { shape: [inputs, outputs], values: transposed(weight.values, [outputs, inputs]) };
    return dense({ name: name === '' ? 'linear' : name, kernel, bias, activation });
  });
  return { input: [layers[0]!.weight.shape[1]!], parts };
}

/**
 * Checks that all tensors are weights and biases of Linear layers.
 *
 * @throws Error if there is any other.
 */
export function needLinear(tensors: ReadonlyMap<string, Pick<Weights, 'shape'>>, path: string): void {
  need(tensors.size > 0, `loadModel needs Linear layers in ${path}`, { words: 'no tensor' }, Error);
  for (const [key, { shape }] of tensors) {
    const { prefix, kind } = split(key);
    const weight = tensors.get(`${prefix}weight`)?.shape;
    const isWeight = kind === 'weight' && shape.length === 2 && count(shape) > 0;
    const isBias = kind === 'bias' && weight !== undefined && shape.length === 1 && shape[0] === weight[0];
    const words = `${key} of shape ${shapeText(shape)}`;
    need(isWeight || isBias, `loadModel needs the weights and biases of Linear layers in ${path}`, { words }, Error);
  }
}

function linearLayers(tensors: ReadonlyMap<string, Weights>): readonly Linear[] {
  return [...tensors].flatMap(([key, weight]) => {
    const { prefix, kind } = split(key);
    const linear = { name: prefix.slice(0, -1), weight, bias: tensors.get(`${prefix}bias`) };
    return kind === 'weight' ? [linear] : [];
  });
}

// 'net.0.weight' is the 'weight' of 'net.0.'.
function split(key: string): { readonly prefix: string; readonly kind: string } {
  const end = key.lastIndexOf('.') + 1;
  return { prefix: key.slice(0, end), kind: key.slice(end) };
}

function ordered(found: readonly Linear[], names: readonly string[] | undefined, path: string): readonly Linear[] {
  if (names === undefined) return byNumber(found, path);
  const all = found.map(({ name }) => name);
  const same = JSON.stringify([...names].sort()) === JSON.stringify([...all].sort());
  need(same, `loadModel needs layers that name each of [${all.join(', ')}] of ${path} once`, [...names], Error);
  return names.map((name) => found.find((layer) => layer.name === name)!);
}

// Names that differ in numbers only, as in a Sequential, tell the order: 0, 2, 10.
function byNumber(found: readonly Linear[], path: string): readonly Linear[] {
  const patterns = new Set(found.map(({ name }) => name.replaceAll(/\d+/g, '#')));
  const names = found.map(({ name }) => name).join(', ');
  const requirement = `loadModel needs the order of the layers of ${path} in the option layers`;
  need(patterns.size === 1, requirement, { words: `none for [${names}]` }, Error);
  return [...found].sort((a, b) => compare(numbers(a.name), numbers(b.name)));
}

function numbers(name: string): readonly number[] {
  return [...name.matchAll(/\d+/g)].map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((number, i) => number !== b[i]);
  return first < 0 ? 0 : a[first]! - b[first]!;
}
