// Two notebooks of the course as if they had run, with outputs of every kind, so that no test waits for a kernel.
import { readCourse, solutionNotebook } from '../../course/course.js';
import type { Cell, Output } from '../../course/notebook.js';
import type { Executed } from '../../course/site/executed.js';
import { jupyterDisplay, jupyterMetadata } from '../../lib/plot/display.js';
import { lineChart } from '../../lib/plot/line-chart.js';
import { htmlTable } from '../../lib/table.js';

/** What the figure on every page is called. */
export const figureTitle = 'A line that falls';

/** The first two notebooks, each code cell with outputs. */
export async function executedCourse(): Promise<readonly Executed[]> {
  const course = (await readCourse()).slice(0, 2);
  const outputs = await someOutputs();
  return course.map((source) => {
    const notebook = solutionNotebook(source);
    const codes = notebook.cells.filter(({ cell_type }) => cell_type === 'code');
    const run = (cell: Cell): Cell => {
      const index = codes.indexOf(cell);
      return index < 0 ? cell : { ...cell, execution_count: index + 1, outputs: outputs[index] ?? [] };
    };
    return { source, notebook: { ...notebook, cells: notebook.cells.map(run) } };
  });
}

/** The outputs of the first code cells. */
async function someOutputs(): Promise<readonly (readonly Output[])[]> {
  const line = lineChart({
    title: figureTitle,
    xAxis: 'time (s)',
    yAxis: 'height (cm)',
    series: [{ name: 'height', x: [0, 1, 2], y: [3, 2.25, 0.5] }],
    alt: 'A line that falls from 3 to 0.5 within 2 seconds.',
  });
  const figure = { data: await line[jupyterDisplay](), metadata: line[jupyterMetadata]() };
  const heads = Array.from({ length: 30 }, (_, i) => `column ${i}`);
  const backgrounds = [heads.map((_, i) => (i === 1 ? '#FFE0C0' : ''))];
  const table = htmlTable({ caption: 'A wide table', heads, rows: [heads.map((_, i) => `${i}`)], backgrounds });
  const framed =
    '<table><thead><tr><td></td><th scope="col">x1</th></tr></thead><tbody><tr><th scope="row">mean</th><td>1</td></tr></tbody></table>';
  return [
    [{ output_type: 'execute_result', data: { 'text/plain': ['86400'] }, metadata: {} }],
    [{ output_type: 'execute_result', ...figure }],
    [{ output_type: 'display_data', data: { 'text/html': table, 'text/plain': 'a wide table' }, metadata: {} }],
    [{ output_type: 'display_data', data: { 'text/html': framed, 'text/plain': 'a frame' }, metadata: {} }],
    [{ output_type: 'stream', name: 'stdout', text: 'a line\n' }],
  ].map((each) => each.map(complete));
}

/** As nbformat wants it. */
function complete(output: { readonly output_type: string }): Output {
  const whole = output.output_type === 'execute_result' ? { ...output, execution_count: 1 } : output;
  return whole as Output;
}
