import { parseArgs } from 'node:util';
import { type Metric, metrics } from '../importance/metric.js';
import type { LoadModelOptions } from '../io/state-dict-options.js';
import { ACTIVATIONS, type Activation } from '../model.js';
import { need } from '../need.js';

/** What a person asked for. */
export interface ExplainCommand {
  readonly model: string;
  readonly data: string;
  readonly out: string;
  readonly targets: readonly string[] | undefined;
  readonly metric: Metric;
  readonly series: boolean;
  readonly seed: number;
  readonly loading: LoadModelOptions;
}

export const HELP: string = `netlens explain <model> <data.csv> [options]

Explains a model on the rows of a CSV file: which inputs the predictions need, mean Jacobians, sensitivity,
relevance, and how far the methods agree. Writes <out>/index.html, a page that needs nothing else.

  <model>      a folder of TensorFlow.js, .h5, .keras, .pth or .safetensors
  <data.csv>   numbers, names in the first line; the inputs in the model's order, then perhaps the truth

  --out <folder>              where the report goes (report)
  --targets <a,b>             the columns that hold the truth (the last ones, if there is one for each output)
  --metric <name>             ${metrics.join(', ')} (r2)
  --series                    the rows follow each other in time
  --seed <n>                  of the shuffles (0)
  --activation <name>         of the hidden layers, for .pth and .safetensors, which do not say it
  --output-activation <name>  of the outputs, for the same
  --layers <a,b>              their layers from the first to the last, if their names do not tell
  --help, --version
`;

/**
 * What `netlens explain …` is to do.
 *
 * @throws Error or TypeError that names the argument.
 */
export function explainCommand(args: readonly string[]): ExplainCommand {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { ...text, default: 'report' },
      targets: text,
      metric: { ...text, default: 'r2' },
      series: { type: 'boolean', default: false },
      seed: { ...text, default: '0' },
      activation: text,
      'output-activation': text,
      layers: text,
    },
  });
  const [model, data, ...more] = positionals;
  const isComplete = model !== undefined && data !== undefined && more.length === 0;
  need(isComplete, 'netlens explain needs a model and a CSV file', positionals, Error);
  need(isMetric(values.metric), `netlens explain needs a metric of ${metrics.join(', ')}`, values.metric, Error);
  const isSeed = /^\d+$/.test(values.seed) && Number(values.seed) < 2 ** 32;
  need(isSeed, 'netlens explain needs a whole number below 2³² as seed', values.seed, Error);
  const activation = activationOf(values.activation);
  const outputActivation = activationOf(values['output-activation']);
  const layers = listed(values.layers);
  const loading = {
    ...(activation && { activation }),
    ...(outputActivation && { outputActivation }),
    ...(layers && { layers }),
  };
  const { out, series, metric } = values;
  return { model, data, out, series, metric, seed: Number(values.seed), targets: listed(values.targets), loading };
}

function listed(names: string | undefined): readonly string[] | undefined {
  return names?.split(',').map((name) => name.trim());
}

function isMetric(name: string): name is Metric {
  return (metrics as readonly string[]).includes(name);
}

function activationOf(name: string | undefined): Activation | undefined {
  if (name === undefined) return undefined;
  const found = ACTIVATIONS.find((each) => each === name);
  if (!found) need(false, `netlens explain needs an activation of ${ACTIVATIONS.join(', ')}`, name, Error);
  return found;
}
