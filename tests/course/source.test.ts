import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { solutionNotebook, studentNotebook } from '../../course/course.js';
import { formatNotebook } from '../../course/notebook.js';
import { readSource } from '../../course/source.js';

const folder = mkdtempSync(join(tmpdir(), 'source-'));

async function read(text: string) {
  const file = join(folder, '09-example.ts');
  writeFileSync(file, text);
  return readSource(file);
}

const answer = (header: string, ...body: string[]) =>
  [header, 'function half(x: number): number {', ...body, '}', ''].join('\n');
const solved = answer('// %% exercise="half" points=2', '  // BEGIN SOLUTION', '  return x / 2;', '  // END SOLUTION');

describe('readSource', () => {
  after(() => rmSync(folder, { recursive: true }));

  it('reads prose, given code and answers, each with its line', async () => {
    const { name, cells } = await read(`// %% [markdown]\n// # Title\n//\n// Prose.\n\n// %%\n1 + 1;\n\n${solved}`);
    assert.equal(name, '09-example');
    assert.deepEqual(
      cells.map(({ kind, line, exercise, points }) => ({ kind, line, exercise, points })),
      [
        { kind: 'markdown', line: 1, exercise: undefined, points: undefined },
        { kind: 'code', line: 6, exercise: undefined, points: undefined },
        { kind: 'code', line: 9, exercise: 'half', points: 2 },
      ],
    );
    assert.equal(cells[0]!.text, '# Title\n\nProse.');
  });

  it('gives students a stub and keeps the answer in the solution', async () => {
    const source = await read(solved);
    const text = (notebook: ReturnType<typeof studentNotebook>) => [notebook.cells[0]!.source].flat().join('');
    assert.equal(text(studentNotebook(source)), "function half(x: number): number {\n  return todo('half');\n}");
    assert.equal(text(solutionNotebook(source)), 'function half(x: number): number {\n  return x / 2;\n}');
  });

  it('makes the same bytes each time, with ids that are unique', async () => {
    const text = `// %%\n1 + 1;\n\n// %%\n1 + 1;\n\n${solved}`;
    const [first, second] = [studentNotebook(await read(text)), studentNotebook(await read(text))];
    assert.equal(formatNotebook(first), formatNotebook(second));
    assert.equal(new Set(first.cells.map(({ id }) => id)).size, 3);
    assert.equal(first.cells[2]!.id, 'half');
  });

  const refused: readonly [string, string, RegExp][] = [
    [
      'an exercise without points',
      answer('// %% exercise="half"', '  // BEGIN SOLUTION', '  return 0;', '  // END SOLUTION'),
      /whole points .* got undefined .*:1\)/,
    ],
    [
      'points without an exercise',
      answer('// %% points=2', '  // BEGIN SOLUTION', '  return 0;', '  // END SOLUTION'),
      /exercise id .* got undefined .*:1\)/,
    ],
    ['half a point', solved.replace('points=2', 'points=1.5'), /whole points .* got 1\.5 .*:1\)/],
    ['an id that is not kebab-case', solved.replace('"half"', '"Half it"'), /kebab-case, got "Half it" .*:1\)/],
    [
      'an answer without a solution',
      answer('// %% exercise="half" points=1', '  return 0;'),
      /one solution .* got 0 .*:1\)/,
    ],
    [
      'a solution outside an answer cell',
      `// %%\n1;\n\n${solved.replace(' exercise="half" points=2', '')}`,
      /exercise="…" .*:4\)/,
    ],
    ['a solution that does not end', solved.replace('  // END SOLUTION\n', ''), /in pairs, got begin .*:1\)/],
    ['an exercise given twice', `${solved}\n${solved}`, /every exercise once, got half again .*:8\)/],
    [
      'a probe of nothing',
      `${solved}\n// %% probe="double"\nprobe('x', () => 1);\n`,
      /the answer to double above its probe, .*:8\)/,
    ],
    [
      'a probe above its answer',
      `// %% probe="half"\nprobe('x', () => 1);\n\n${solved}`,
      /the answer to half above its probe, .*:1\)/,
    ],
    [
      'a probe that sends nothing',
      `${solved}\n// %% probe="half"\nhalf(2);\n`,
      /probe\(…\) in the probe of half, .*:8\)/,
    ],
    ['a probe with points', `${solved}\n// %% probe="half" points=2\nprobe('x', () => 1);\n`, /probe="…" alone .*:8\)/],
    ['a reference without its function', `${solved}\n// %% reference="half"\n1;\n`, /halfReference\(…\) .*:8\)/],
    [
      'points that do not add up',
      `// ---\n// jupyter:\n//   points: 3\n// ---\n\n${solved}`,
      /add up to 3, got 2 .*:3\)/,
    ],
    ['a mark that nobody knows', solved.replace('points=2', 'points=2 marks=3'), /reference only, got marks .*:1\)/],
  ];
  for (const [what, text, message] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(read(text), (error: Error) => message.test(error.message) || assert.fail(error.message));
    });
  }
});
