import { createHash } from 'node:crypto';
import { answerCell } from './nbgrader/metadata.js';
import type { SourceCell } from './source-cell.js';

/** What a cell has shown, as nbformat 4.5 stores it. */
export interface Output {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
}

/** A cell in nbformat 4.5. */
export interface Cell {
  readonly id: string;
  readonly cell_type: 'markdown' | 'code';
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: string | readonly string[];
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
}

/** A notebook in nbformat 4.5. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

/** A notebook for the course kernel, without outputs; the same cells always give the same bytes. */
export function createNotebook(cells: readonly SourceCell[], text: (cell: SourceCell) => string): Notebook {
  const ids = new Set<string>();
  return notebookOf(cells.map((cell) => createCell(cell, text(cell), ids)));
}

/** A notebook of these cells, for the course kernel. */
export function notebookOf(cells: readonly Cell[]): Notebook {
  return {
    cells,
    metadata: {
      kernelspec: { display_name: 'TypeScript (tslab)', language: 'typescript', name: 'tslab' },
      language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function createCell({ kind, exercise, points }: SourceCell, text: string, ids: Set<string>): Cell {
  const isAnswer = exercise !== undefined && points !== undefined;
  const metadata = isAnswer ? { exercise, points, nbgrader: answerCell(kind, exercise, points) } : {};
  const id = uniqueId(exercise ?? createHash('sha256').update(`${kind} ${text}`).digest('hex').slice(0, 8), ids);
  if (kind === 'markdown') return { cell_type: 'markdown', id, metadata, source: linesOf(text) };
  return createCodeCell(id, text, metadata);
}

/** A code cell that has not run. */
export function createCodeCell(id: string, text: string, metadata: Cell['metadata'] = {}): Cell {
  return { cell_type: 'code', execution_count: null, id, metadata, outputs: [], source: linesOf(text) };
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function uniqueId(wanted: string, ids: Set<string>): string {
  let id = wanted;
  for (let count = 2; ids.has(id); count += 1) id = `${wanted}-${count}`;
  ids.add(id);
  return id;
}

/** Names what a notebook holds: the same cells give the same name, a changed one gives another. */
export function releaseOf({ cells }: Notebook): string {
  const content = JSON.stringify(cells.map(({ id, cell_type, source }) => [id, cell_type, textOf(source)]));
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

/** The text of a cell, which nbformat stores whole or in lines. */
export function textOf(source: Cell['source']): string {
  return typeof source === 'string' ? source : source.join('');
}

/** The notebook as it is written to a file. */
export function formatNotebook(notebook: Notebook): string {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** What is wrong with an executed notebook: errors, warnings on stderr, cells that did not run. */
export function problems(notebook: Notebook): readonly string[] {
  return notebook.cells.flatMap((cell) => {
    if (cell.cell_type !== 'code') return [];
    const found = (cell.outputs ?? []).flatMap(problem);
    if (typeof cell.execution_count !== 'number') found.unshift('was not run');
    return found.map((text) => `cell ${cell.id} ${text}`);
  });
}

function problem(output: Output): string[] {
  if (output.output_type === 'error') return [`failed: ${output.ename}: ${output.evalue}`];
  if (output.output_type === 'stream' && output.name === 'stderr')
    return [`wrote to stderr: ${[output.text ?? ''].flat().join('').trim()}`];
  return [];
}
