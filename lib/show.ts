import { inspect } from 'node:util';
import { Unanswered } from './answer.js';
import { type Notebook, notebook } from './notebook.js';
import { type Bundle, jupyterDisplay, jupyterMetadata } from './plot/display.js';
import { type Figure, isFigure } from './plot/figure.js';
import type { FigureLayout } from './plot/plotly-layout.js';
import type { Trace } from './plot/plotly-traces.js';

/**
 * Shows values, one under the other: figures, tensors, tables, text, anything.
 *
 * In a notebook everything appears under the cell. In a script figures open in the browser (by nodeplotlib, where it is
 * installed and a person sits at the terminal; else their alternative text is printed), and all else goes to the console.
 * An item may be a function that makes the value, also asynchronously. If it needs an exercise that is not written yet
 * (`todo`), a line says so, and the next item follows.
 *
 * @param items - values, or functions without parameters that give them.
 * @throws whatever a function throws, except for `Unanswered`.
 * @example
 * await show('text', () => lineChart({ title: 'Squares', xAxis: 'x', yAxis: 'x²', series: [{ name: 'x²', y: [1, 4, 9] }] }));
 */
export async function show(...items: readonly unknown[]): Promise<void> {
  const page = notebook();
  for (const item of items) {
    const value = await resolved(item);
    if (page) await display(page, value);
    else await print(value);
  }
}

async function resolved(item: unknown): Promise<unknown> {
  try {
    return typeof item === 'function' ? await (item as () => unknown)() : await item;
  } catch (error) {
    if (error instanceof Unanswered) return error.message;
    throw error;
  }
}

async function display(page: Notebook, value: unknown): Promise<void> {
  if (isDisplayable(value)) page.display(await value[jupyterDisplay](), value[jupyterMetadata]?.());
  else page.display(page.readable?.(value) ?? { 'text/plain': plainText(value) });
}

async function print(value: unknown): Promise<void> {
  if (!isFigure(value))
    console.log(isDisplayable(value) ? (await value[jupyterDisplay]())['text/plain'] : plainText(value));
  else if (!(await openInBrowser(value))) console.log(value.alt);
}

// A browser is for a person: never in tests, in continuous integration or behind a pipe.
async function openInBrowser(figure: Figure): Promise<boolean> {
  if (!process.stdout.isTTY || process.env['CI'] !== undefined) return false;
  const nodeplotlib = await loadNodeplotlib();
  nodeplotlib?.plot(figure.data, figure.layout);
  return nodeplotlib !== undefined;
}

interface Nodeplotlib {
  plot(data: readonly Trace[], layout: FigureLayout): void;
}

// By name: its typings bring those of its server, which would cost every notebook half a second.
async function loadNodeplotlib(): Promise<Nodeplotlib | undefined> {
  const name: string = 'nodeplotlib';
  return (import(name) as Promise<Nodeplotlib>).catch(() => undefined);
}

interface Shown {
  [jupyterDisplay](): Bundle | Promise<Bundle>;
  [jupyterMetadata]?(): Bundle;
}

function isDisplayable(value: unknown): value is Shown {
  return typeof value === 'object' && value !== null && jupyterDisplay in value;
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  const own = typeof value === 'object' && value !== null && hasOwnText(value) ? value.toString() : undefined;
  return own ?? inspect(value, { depth: 4 });
}

// Tensors and tables print themselves well; plain objects, arrays and the like do not.
function hasOwnText(value: object): boolean {
  return 'dataSync' in value || ('columns' in value && 'values' in value && 'index' in value);
}
