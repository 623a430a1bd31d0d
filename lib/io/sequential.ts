import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { shapeText, type Weights } from './weights.js';

/** What every layer is built with. */
export interface Common {
  readonly name: string;
  readonly inputShape?: number[];
}

/** A layer that is read, not yet built. */
export interface Part {
  readonly name: string;
  /** How many numbers a row of inputs has, if that follows from something else than weights. */
  readonly width?: number | undefined;
  /** In the order of the layer's own weights. */
  readonly weights: readonly Weights[];
  /** Shape of a row of outputs for a row of inputs; undefined if they do not fit. */
  readonly output: (input: readonly number[]) => readonly number[] | undefined;
  readonly build: (common: Common, input: readonly number[]) => tf.layers.Layer;
}

/** A model that is read, not yet built: no tensor is made before all of it is checked. */
export interface Blueprint {
  /** Shape of a row of inputs. */
  readonly input: readonly number[];
  readonly parts: readonly Part[];
}

/**
 * Builds a model, its weights in float32.
 *
 * @throws Error if the layers do not fit each other, two have the same name, or a weight is too large for float32.
 */
export function sequential({ input, parts }: Blueprint, path: string): tf.Sequential {
  const shapes = inputShapes({ input, parts }, path);
  const values = parts.map(({ name, weights }) =>
    weights.map((weight) => float32(weight, `the layer ${name} of ${path}`)),
  );
  const names = allowedNames(parts);
  const layers = parts.map(({ build }, i) => {
    const name = names[i]!;
    return build(i === 0 ? { name, inputShape: [...input] } : { name }, shapes[i]!);
  });
  const model = tf.sequential({ layers });
  tf.tidy(() => {
    for (const [i, layer] of layers.entries())
      layer.setWeights(values[i]!.map(({ shape, numbers }) => tf.tensor(numbers, shape)));
  });
  return model;
}

// TensorFlow.js takes no other characters in the name of a layer, and a letter or a digit as the first; names that become the
// same by that are counted.
function allowedNames(parts: readonly Part[]): readonly string[] {
  const names: string[] = [];
  for (const { name } of parts) {
    const replaced = name.replaceAll(/[^A-Za-z0-9_./-]/g, '_');
    const allowed = /^[A-Za-z0-9]/.test(replaced) ? replaced : `layer${replaced}`;
    let counted = allowed;
    for (let count = 2; names.includes(counted); count++) counted = `${allowed}_${count}`;
    names.push(counted);
  }
  return names;
}

// Of each part, after all of them are checked.
function inputShapes({ input, parts }: Blueprint, path: string): readonly (readonly number[])[] {
  need(parts.length > 0, `loadModel needs layers in ${path}`, { words: 'none' }, Error);
  const names = new Set<string>();
  const shapes = [input];
  for (const { name, output, weights, width } of parts) {
    const twice = { words: `two called ${name}` };
    need(!names.has(name), `loadModel needs another name for each layer in ${path}`, twice, Error);
    names.add(name);
    const shape = shapes.at(-1)!;
    const next = output(shape);
    const held = weights.map((weight) => shapeText(weight.shape)).join(' and ');
    const words = held === '' ? `one for ${width ?? 'rows of'} numbers` : `weights of shape ${held}`;
    const place = `the layer ${name} of ${path}`;
    need(next !== undefined, `loadModel needs a layer for inputs ${shapeText(shape)} in ${place}`, { words }, Error);
    shapes.push(next);
  }
  return shapes;
}

function float32({ shape, values }: Weights, place: string): { shape: number[]; numbers: Float32Array } {
  const numbers = Float32Array.from(values);
  const tooLarge = values.find((value, i) => Number.isFinite(value) && !Number.isFinite(numbers[i]));
  need(tooLarge === undefined, `loadModel needs weights that float32 can hold in ${place}`, tooLarge, Error);
  return { shape: [...shape], numbers };
}

/** A layer without weights that keeps the shape, read. */
export function plain(name: string, build: Part['build']): Part {
  return { name, weights: [], output: (input) => input, build };
}

/** A dense layer: kernel of shape [inputs, outputs], and bias of shape [outputs] if there is one. */
export interface DenseOptions {
  readonly name: string;
  readonly kernel: Weights;
  readonly bias: Weights | undefined;
  readonly activation: string;
}

/** A dense layer, read. */
export function dense({ name, kernel, bias, activation }: DenseOptions): Part {
  const [inputs, units] = kernel.shape as readonly [number, number];
  return {
    name,
    weights: bias === undefined ? [kernel] : [kernel, bias],
    output: (input) => (input.at(-1) === inputs ? [...input.slice(0, -1), units] : undefined),
    build: (common) => {
      const options = { ...common, units, useBias: bias !== undefined, kernelInitializer: 'glorotUniform' } as const;
      return tf.layers.dense({ ...options, activation: activation as 'linear' });
    },
  };
}
