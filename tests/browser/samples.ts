// A notebook of cells that a learner may come to write.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createCodeCell, formatNotebook, notebookOf } from '../../course/notebook.js';
import { root } from '../../course/tools.js';

const preparation = `
import * as tf from '@tensorflow/tfjs';
import { createMlp, jacobian, liveTraining, train, useBackend } from 'netlens';

await useBackend();
const x = tf.linspace(-3, 3, 2000).reshape([2000, 1]);
const y = tf.sin(x.mul(2));
const model = createMlp({
  inputs: 1, hidden: [24, 24], outputs: 1, activation: 'tanh', outputActivation: 'linear', seed: 1,
});
const kept = 'still here';`;

const training = (name: string, epochs: number): string => `
const ${name} = await train(model, x, y, {
  epochs: ${epochs},
  batchSize: 256,
  learningRate: 3e-4,
  loss: 'meanSquaredError',
  seed: 1,
  onProgress: liveTraining({ yScale: 'log' }),
});`;

const throwing = `
function deeper(depth: number): number {
  if (depth > 2) throw new RangeError(\`deeper needs a depth of at most 2, got \${depth}\`);
  return deeper(depth + 1);
}
deeper(0);`;

const cells = {
  preparation,
  'training for days': training('never', 1e6),
  'training for a moment': training('done', 3),
  kept: 'kept;',
  endless: 'for (;;) {}',
  mistyped: 'const count = 3;\n\nconst text: string = count;',
  throwing,
  'half a name': 'jacob',
  'whole name': 'jacobian',
} as const;

/** The name of a cell of the samples. */
export type Sample = keyof typeof cells;

/** Where the cell stands in the notebook, from 0. */
export function indexOf(sample: Sample): number {
  return Object.keys(cells).indexOf(sample);
}

/** Writes the notebook as `file`, named from the project's folder. */
export async function writeSamples(file: string): Promise<void> {
  const notebook = notebookOf(
    Object.values(cells).map((text, index) => createCodeCell(`sample-${index}`, text.trim())),
  );
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), formatNotebook(notebook));
}
