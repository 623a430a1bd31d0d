import { need } from '../need.js';
import { isObject, type JsonObject } from './json-object.js';

/** A layer of a Keras configuration, its fields still to be checked. */
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  readonly config: JsonObject;
}

/** The layers of a Keras model, one after the other. */
export interface KerasNetwork {
  readonly layers: readonly KerasLayer[];
  /** Shape of the input with the batch, if the configuration says it apart from the layers. */
  readonly inputShape: unknown;
}

/**
 * The layers of a Keras configuration: a Sequential model, or a functional one whose layers stand in a row.
 *
 * @throws Error if it is another kind of model, or a layer has several inputs, several outputs or is used twice.
 */
export function kerasNetwork(configuration: unknown, path: string): KerasNetwork {
  need(isObject(configuration), `loadModel needs the configuration of a Keras model in ${path}`, configuration, Error);
  const { class_name: kind, config } = configuration;
  const functional = kind === 'Functional' || kind === 'Model';
  need(kind === 'Sequential' || functional, `loadModel needs a Sequential or functional model in ${path}`, kind, Error);
  const entries = isObject(config) ? config['layers'] : undefined;
  need(isListOfObjects(entries), `loadModel needs a list of layers in ${path}`, entries, Error);
  const layers = entries.map((entry) => kerasLayer(entry, path));
  if (functional) needRow(config as JsonObject, layers, path);
  return { layers, inputShape: (config as JsonObject)['build_input_shape'] };
}

/**
 * A layer of a configuration.
 *
 * @throws Error if it is none, or none of Keras' own.
 */
export function kerasLayer(entry: JsonObject, path: string): KerasLayer {
  const { class_name: className, config, module, registered_name: registered } = entry;
  need(typeof className === 'string' && isObject(config), `loadModel needs layers of Keras in ${path}`, entry, Error);
  const { name } = config;
  need(typeof name === 'string', `loadModel needs a name for the layer ${className} in ${path}`, name, Error);
  const own = module === undefined || (typeof module === 'string' && /^keras(\.|$)/.test(module));
  const words = `${registered ?? module} (the layer ${name})`;
  need(own, `loadModel needs layers of Keras in ${path}`, { words }, Error);
  return { className, name, config };
}

function needRow(config: JsonObject, layers: readonly KerasLayer[], path: string): void {
  const entries = config['layers'] as readonly JsonObject[];
  const requirement = `loadModel needs layers in a row in ${path}`;
  const inputs = layers.filter(({ className }) => className === 'InputLayer').map(({ name }) => name);
  need(inputs.length < 2, requirement, { words: `inputs ${inputs.join(' and ')}` }, Error);
  for (const [i, { inbound_nodes: nodes }] of entries.entries()) {
    const calls = Array.isArray(nodes) ? nodes.map(sources) : [];
    const wanted = i === 0 ? '' : layers[i - 1]!.name;
    const got = calls.map((names) => names.join(' and ')).join(', and once more of ');
    need(got === wanted, requirement, { words: `the layer ${layers[i]!.name} of ${got || 'nothing'}` }, Error);
  }
  const { output_layers: outputs } = config;
  const listed = isObject(outputs) ? Object.values(outputs) : [outputs];
  const [last, ...more] = listed.flat(2).filter((part) => typeof part === 'string');
  const words = `outputs of ${[last, ...more].join(' and ')}`;
  need(last === layers.at(-1)!.name && more.length === 0, requirement, { words }, Error);
}

// The layers whose outputs a call takes: [[name, node, tensor, keywords], …] in Keras 2, { args, kwargs } in Keras 3.
function sources(node: unknown): readonly string[] {
  const keras3 = isObject(node);
  const settings = keras3 ? [node['kwargs']] : [node].flat().map((source) => [source].flat()[3]);
  if (!settings.every(isUsual)) return ['a call with settings of its own'];
  const names = keras3 ? [node['args']].flat(2).map(historyName) : [node].flat().map((source) => [source].flat()[0]);
  return names.map((name) => (typeof name === 'string' ? name : 'something else'));
}

function historyName(tensor: unknown): unknown {
  const config = isObject(tensor) ? tensor['config'] : undefined;
  const history = isObject(config) ? config['keras_history'] : undefined;
  return Array.isArray(history) ? history[0] : undefined;
}

// A layer that is called with training=True, say, does not what it usually does.
function isUsual(keywords: unknown): boolean {
  if (keywords === undefined) return true;
  return isObject(keywords) && Object.values(keywords).every((value) => value === null || value === false);
}

function isListOfObjects(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
