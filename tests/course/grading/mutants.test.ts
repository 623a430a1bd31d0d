// The probes of the course: solutions earn all, twice with the same values, wrong answers earn less, and those that compute nothing
// earn nothing. `npm test` asks two notebooks, `npm run mutants` all: minutes.
import assert from 'node:assert/strict';
import { readCourse } from '../../../course/course.js';
import { executeIn, type Room } from '../../../course/grading/execute.js';
import { type Emission, earned, emissions, judge } from '../../../course/grading/judge.js';
import { neededCells } from '../../../course/grading/needed.js';
import { chooseSandbox } from '../../../course/grading/sandbox.js';
import {
  type Exercise,
  exercisesOf,
  type Specification,
  specificationOf,
} from '../../../course/grading/specification.js';
import { createCodeCell, notebookOf } from '../../../course/notebook.js';
import { root } from '../../../course/tools.js';
import { mutants } from './mutants.js';

const MEGABYTE = 2 ** 20;
const room: Room = {
  sandbox: chooseSandbox(root, 'none'), // the code is ours
  limits: { cell: 300, seconds: 600, memory: 6000 * MEGABYTE, processes: 64, output: 50 * MEGABYTE },
  isTrusted: true,
};
const PROBE = '../course/grading/probe.js';

/** What an answer may give without a thought, in terms of its arguments. */
const IDLE: readonly string[] = ['0', '1', '0.5', '[0, 1]', 'args[0]', 'args.at(-1)'];

/** An answer to an exercise under the nonce by which its values are known. */
interface Variant {
  readonly exercise: Exercise;
  readonly text: string;
  readonly nonce: string;
}

function variantsOf(specification: Specification): readonly Variant[] {
  return exercisesOf(specification).flatMap((exercise) => {
    const { exercise: id, solution } = exercise;
    const reference = specification.references.find((each) => each.exercise === id)?.text ?? solution;
    const wrong = (mutants[specification.notebook]?.[id] ?? []).map(([from, to]) => {
      assert.ok(solution.includes(from), `${id} holds ${from}`);
      return solution.replace(from, to);
    });
    const [, name] = /function (\w+)/.exec(solution)!;
    const idle = IDLE.map((value) => `function ${name}(...args: any[]): any { return ${value}; }`);
    const texts = [reference, ...wrong, ...idle, solution, solution];
    return texts.map((text, index) => ({ exercise, text, nonce: `${id} ${index}` }));
  });
}

/** All variants in one kernel, one after the other; the solution comes last, so that later exercises stand on it. */
async function valuesOf(specification: Specification, variants: readonly Variant[]) {
  const { cells, probes } = specification;
  const codes = cells.map(({ kind, text, solution }) => (kind === 'code' ? (solution ?? text) : ''));
  const needed = neededCells(codes, [...variants.map(({ text }) => text), ...probes.map(({ text }) => text)]);
  const last = Math.max(...probes.map(({ after }) => after));
  const code = cells.slice(0, last).flatMap((cell, index) => {
    if (cell.exercise === undefined) return needed.has(index) ? [codes[index]!] : [];
    return variants
      .filter(({ exercise }) => exercise.id === cell.id)
      .flatMap((variant) => probed(specification, variant));
  });
  const texts = [`import { numpyRandom, prober } from '${PROBE}';`, ...code];
  const { notebook, reason } = await executeIn(
    room,
    notebookOf(texts.map((text, n) => createCodeCell(`cell-${n}`, text))),
  );
  assert.ok(notebook, reason);
  return (nonce: string): readonly Emission[] => emissions(notebook, nonce).sent;
}

function probed({ probes }: Specification, { exercise, text, nonce }: Variant): string[] {
  const own = probes.filter((probe) => probe.exercise === exercise.exercise).map((probe) => probe.text);
  return [text, `const probe = prober(${JSON.stringify(nonce)});`, ...own];
}

const few = ['00-start', '06-saliency'];
const course = await readCourse();
for (const source of process.env['MUTANTS'] === 'all' ? course : course.filter(({ name }) => few.includes(name))) {
  const specification = specificationOf(source);
  describe(`the probes of ${source.name}`, () => {
    let values: (nonce: string) => readonly Emission[];
    before(async () => {
      values = await valuesOf(specification, variantsOf(specification));
    }).timeout(600_000);

    for (const { exercise: id, points } of exercisesOf(specification)) {
      it(`give the solution of ${id} all points, twice with the same values, its mutants less, idle answers none`, () => {
        const count = mutants[source.name]?.[id]?.length ?? 0;
        assert.ok(count >= 3, 'three mutants or more');
        const length = count + IDLE.length + 3;
        const [reference = [], ...tried] = Array.from({ length }, (_, n) => values(`${id} ${n}`));
        const [twice, once] = [tried.pop()!, tried.pop()!];
        assert.ok(reference.length >= 2, 'two properties or more');
        assert.deepEqual(
          judge(once, reference).filter(({ holds }) => !holds),
          [],
        );
        assert.deepEqual(twice, once);
        const marks = tried.map((sent) => earned(points, judge(sent, reference)));
        for (const [n, mark] of marks.slice(0, count).entries())
          assert.ok(mark < points, `${mutants[source.name]![id]![n]!.join(' → ')} earns ${mark}`);
        for (const [n, mark] of marks.slice(count).entries()) assert.equal(mark, 0, `${IDLE[n]} earns ${mark}`);
      });
    }
  });
}
