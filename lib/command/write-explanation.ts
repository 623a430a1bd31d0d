import { access, constants, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../backend.js';
import { type Explanation, explain } from '../explain/explain.js';
import { explanationPage } from '../explain/page.js';
import { loadModel } from '../io/load-model.js';
import { checkModel } from '../tape/model.js';
import type { ExplainCommand } from './arguments.js';
import { type ColumnNames, columnsFor, select } from './columns.js';
import { type NumberTable, readNumberTable } from './table-file.js';

/**
 * Explains a model on the rows of a file, and writes the page.
 *
 * @param say - told what is going on, line by line.
 * @returns where the page is.
 */
export async function writeExplanation(command: ExplainCommand, say: (line: string) => void): Promise<string> {
  await useBackend();
  const model = await loadModel(command.model, command.loading);
  checkModel('netlens explain', model);
  const table = await readNumberTable(command.data);
  const [inputs, outputs] = [model.inputs[0]!.shape.at(-1)!, model.outputs[0]!.shape.at(-1)!];
  const names = columnsFor(table, { inputs, outputs, targets: command.targets });
  await needFolder(command.out);
  say(`${table.rows.length} rows, ${inputs} inputs, ${outputs} outputs`);
  const explanation = await explained(model, table, { command, names, say });
  for (const warning of explanation.warnings) say(`Mind: ${warning}`);
  const facts = [
    ['Model', command.model],
    ['Data', `${command.data}, ${table.rows.length} rows`],
    ['Scored against', names.targets.join(', ') || "the model's own outputs"],
  ] as const;
  return written(command.out, await explanationPage({ title: 'What the model has learnt', facts }, explanation));
}

interface Circumstances {
  readonly command: ExplainCommand;
  readonly names: ColumnNames;
  readonly say: (line: string) => void;
}

async function explained(
  model: tf.LayersModel,
  table: NumberTable,
  { command, names, say }: Circumstances,
): Promise<Explanation> {
  const { metric, series, seed } = command;
  const x = tf.tensor2d(select(table, names.inputs));
  const truth =
    names.targets.length > 0 ? { y: tf.tensor2d(select(table, names.targets)), outputs: names.targets } : {};
  const onPart = (part: string): void => say(`${part} …`);
  return explain(model, x, { ...truth, inputs: names.inputs, metric, series, seed, onPart });
}

// Before minutes of work, not after them; a folder that is missing is made once there is a page.
async function needFolder(folder: string): Promise<void> {
  try {
    await readdir(folder);
    await access(folder, constants.W_OK);
  } catch (cause) {
    const above = dirname(folder);
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && above !== folder) return needFolder(above);
    throw unwritable(folder, cause);
  }
}

// Whole or not at all: whoever opens the page sees no half of it.
async function written(folder: string, page: string): Promise<string> {
  const file = join(folder, 'index.html');
  const part = `${file}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(part, page);
    await rename(part, file);
    return file;
  } catch (cause) {
    await rm(part, { force: true });
    throw unwritable(folder, cause);
  }
}

function unwritable(folder: string, cause: unknown): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new Error(`netlens explain needs a folder to write to, got ${code ?? message} for '${folder}'`, { cause });
}
