import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { solutionNotebook, studentNotebook } from '../../course/course.js';
import { needTodo } from '../../course/need-todo.js';
import { type Notebook, textOf } from '../../course/notebook.js';
import { headOf } from '../../course/site/head.js';
import { readSource, type Source } from '../../course/source.js';
import { root } from '../../course/tools.js';
import { notebook } from '../kernel/notebook.js';

const page = readFileSync(join(root, 'docs/teaching.md'), 'utf8');
const example = /```ts\n([\s\S]*?)```/.exec(page)![1]!;

describe('the exercise that docs/teaching.md shows', () => {
  const { run } = notebook();
  const folder = mkdtempSync(join(tmpdir(), 'netlens-teaching-'));
  after(() => rmSync(folder, { recursive: true }));

  const read = (text: string): Promise<Source> => {
    const file = join(folder, '99-example.ts');
    writeFileSync(file, text);
    return readSource(file);
  };
  const shown = async ({ cells }: Notebook): Promise<string> => {
    const codes = cells.filter(({ cell_type: type }) => type === 'code').map(({ source }) => textOf(source));
    const executions = [];
    for (const code of codes) executions.push(await run(code));
    return JSON.stringify(executions.map(({ outputs }) => outputs));
  };

  it('runs from top to bottom, untouched and with its solution', async () => {
    const source = await read(example);
    needTodo(source);
    assert.equal(headOf(source).question, 'How far apart are numbers?');
    assert.match(await shown(studentNotebook(source)), /spread is not written yet/);
    assert.doesNotMatch(await shown(solutionNotebook(source)), /not written|✗/);
  }).timeout(120_000);

  it('is not released where students would miss todo', async () => {
    const source = await read(example.replace(', todo', ''));
    assert.throws(() => needTodo(source), /^Error: release needs .* answer to spread, got none .*99-example\.ts:16\)$/);
  });
});
