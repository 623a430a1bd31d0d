import * as tf from '@tensorflow/tfjs';

type Layer = tf.layers.Layer;

// As they are before anybody registers others under the same names.
const classes = { ...tf.serialization.SerializationMap.getMap().classNameMap };

/**
 * The layers of a model from its input to one of its outputs, if each takes what the one before gives; models in it are opened.
 * Otherwise the layer that takes something else, or is not what its class name says, in words.
 */
export function chainOf(model: tf.LayersModel, output = 0): readonly Layer[] | string {
  if (changed(model)) return described(model);
  const layers: Layer[] = [];
  let tensor = model.outputs[output]!;
  while (tensor !== model.inputs[0]) {
    const { sourceLayer, inputs } = tensor;
    if (inputs.length !== 1 || changed(sourceLayer)) return described(sourceLayer);
    if (sourceLayer instanceof tf.LayersModel) {
      const inner = chainOf(sourceLayer, tensor.outputTensorIndex);
      if (typeof inner === 'string') return inner;
      layers.unshift(...inner);
    } else layers.unshift(sourceLayer);
    tensor = inputs[0]!;
  }
  return layers;
}

/** A layer in words, for messages. */
export function described(layer: Layer): string {
  return `layer '${layer.name}' (${layer.getClassName()})`;
}

/** Whether a layer computes something else than its class name says: a subclass without its own name, or a call of its own. */
export function changed(layer: Layer): boolean {
  const own = layer.constructor !== classes[layer.getClassName()]?.[0];
  return own || Object.hasOwn(layer, 'call') || Object.hasOwn(layer, 'apply');
}
