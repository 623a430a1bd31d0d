import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { readCourse, solutionNotebook, studentNotebook } from '../../course/course.js';
import { execute } from '../../course/execute.js';
import { formatNotebook, type Notebook, problems } from '../../course/notebook.js';
import type { Source } from '../../course/source.js';
import type { SourceCell } from '../../course/source-cell.js';
import { root } from '../../course/tools.js';

interface Picture {
  readonly png: Buffer;
  readonly alt: unknown;
}

function pictures(notebook: Notebook): readonly Picture[] {
  return notebook.cells.flatMap((cell) =>
    (cell.outputs ?? []).flatMap(({ data, metadata }) => {
      const png = data?.['image/png'];
      const alt = (metadata?.['image/png'] as { alt?: unknown } | undefined)?.alt;
      return typeof png === 'string' ? [{ png: Buffer.from(png, 'base64'), alt }] : [];
    }),
  );
}

/** Everything that a notebook shows as text. */
function texts(notebook: Notebook): string {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  return outputs.flatMap(({ text, data }) => [text, data?.['text/plain']].flat()).join('\n');
}

// A written answer has no stub and no check.
const answersInCode = ({ cells }: Source): readonly SourceCell[] =>
  cells.filter(({ kind, exercise }) => kind === 'code' && exercise !== undefined);

async function colours(png: Buffer): Promise<number> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
}

for (const source of await readCourse()) {
  describe(`the notebook ${source.name}`, () => {
    it('is what its source makes (else: npm run release)', () => {
      const committed = readFileSync(join(root, 'notebooks', `${source.name}.ipynb`), 'utf8');
      assert.equal(committed, formatNotebook(studentNotebook(source)));
    });

    it('has cells that fit on a screen: at most 15 lines of code', () => {
      for (const { kind, line, text } of source.cells) {
        if (kind === 'code') assert.ok(text.split('\n').length <= 15, `the cell in line ${line} of the source`);
      }
    });

    it('holds no solution and no output', () => {
      const committed = readFileSync(join(root, 'notebooks', `${source.name}.ipynb`), 'utf8');
      assert.doesNotMatch(committed, /SOLUTION/);
      for (const cell of (JSON.parse(committed) as Notebook).cells) assert.deepEqual(cell.outputs ?? [], []);
    });

    describe('executed', () => {
      let student: Notebook;
      let solution: Notebook;
      before('both at once, one on each core', async function () {
        this.timeout(300_000);
        const executions = await Promise.all([
          execute(`${source.name}.student`, studentNotebook(source)),
          execute(source.name, solutionNotebook(source)),
        ]);
        student = executions[0].notebook;
        solution = executions[1].notebook;
      });

      it('runs untouched from top to bottom, without an error or a warning', () => {
        assert.deepEqual(problems(student), []);
        for (const { exercise } of answersInCode(source))
          assert.ok(texts(student).includes(`Exercise ${exercise} is not written yet`));
      });

      it('runs with its solutions, every check passed, every figure drawn and described', async () => {
        assert.deepEqual(problems(solution), []);
        for (const { exercise } of answersInCode(source))
          assert.ok(texts(solution).includes(`Exercise ${exercise}: all properties hold`), exercise);
        const shown = pictures(solution);
        assert.ok(shown.length > 0, 'a notebook has figures');
        for (const { png, alt } of shown) {
          assert.ok(typeof alt === 'string' && alt.length > 40, `an alternative text, not ${alt}`);
          assert.ok((await colours(png)) > 20, `a picture with something in it (${alt})`);
        }
      });
    });
  });
}
