// A course of one small notebook, and what students make of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCourse, studentNotebook } from '../../../course/course.js';
import { type Specification, specificationOf } from '../../../course/grading/specification.js';
import { type Cell, formatNotebook, type Notebook } from '../../../course/notebook.js';

const SOURCE = `// ---
// jupyter:
//   points: 5
// ---

// %% [markdown]
// # Powers

// %%
const todo = (exercise: string): never => {
  throw new Error(\`\${exercise} is not written yet\`);
};
const third = 3;

// %% exercise="square" points=2
function square(x: number): number {
  // BEGIN SOLUTION
  return x * x;
  // END SOLUTION
}

// %% reference="square"
function squareReference(x: number): number {
  return Math.exp(2 * Math.log(Math.abs(x)));
}

// %%
try {
  console.log('the square of 3 is', square(3));
} catch {
  console.log('square is not written yet');
}

// %% probe="square"
await probe('of a fraction', () => square(7.25));
await probe('of a negative number', () => square(-2.5));

// %% exercise="cube" points=3
function cube(x: number): number {
  // BEGIN SOLUTION
  return x ** third;
  // END SOLUTION
}

// %% probe="cube"
await probe('of two numbers', () => [2.5, -1.5].map(cube));
`;

/** An exercise that stands on another one. */
const CHAIN = `// %% [markdown]
// # Chain

// %%
const todo = (exercise: string): never => {
  throw new Error(\`\${exercise} is not written yet\`);
};

// %% exercise="half" points=1
function half(x: number): number {
  // BEGIN SOLUTION
  return x / 2;
  // END SOLUTION
}

// %% probe="half"
await probe('of a number', () => half(7));

// %% exercise="quarter" points=2
function quarter(x: number): number {
  // BEGIN SOLUTION
  return half(half(x));
  // END SOLUTION
}

// %% probe="quarter"
await probe('of a number', () => quarter(7));

// %% [markdown] exercise="why" points=2
// **Exercise.** Why is that so?
`;

/** The source of the course, in a folder of its own. */
export const courseFolder: string = mkdtempSync(join(tmpdir(), 'netlens-course-'));
process.once('exit', () => rmSync(courseFolder, { recursive: true, force: true }));
writeFileSync(join(courseFolder, '00-powers.ts'), SOURCE);
writeFileSync(join(courseFolder, '01-chain.ts'), CHAIN);

const [first, second] = await readCourse(courseFolder);

/** What the grader knows of it. */
export const powers: Specification = specificationOf(first!);

/** The notebooks as students get them. */
export const released: Notebook = studentNotebook(first!);
const chain: Notebook = studentNotebook(second!);

export const SQUARE = 'function square(x: number): number {\n  return x * x;\n}';
export const CUBE = 'function cube(x: number): number {\n  return x * x * x;\n}';

/** The notebook with these answers. */
export function answered(square?: string, cube?: string): Notebook {
  return withAnswers(released, { ...(square !== undefined && { square }), ...(cube !== undefined && { cube }) });
}

/** The other notebook with these answers, by exercise. */
export function answeredChain(answers: Readonly<Record<string, string>>): Notebook {
  return withAnswers(chain, answers);
}

function withAnswers(notebook: Notebook, answers: Readonly<Record<string, string>>): Notebook {
  return changed(notebook, (cells) => cells.map((cell) => ({ ...cell, source: answers[cell.id] ?? cell.source })));
}

/** The notebook with its cells changed. */
export function changed(notebook: Notebook, change: (cells: Cell[]) => readonly Cell[]): Notebook {
  return { ...notebook, cells: change([...notebook.cells]) };
}

/** Writes submissions into a folder of its own, by their path in it. */
export function handIn(files: Readonly<Record<string, Notebook | string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'netlens-submissions-'));
  for (const [path, content] of Object.entries(files)) {
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), isRaw ? content : formatNotebook(content));
  }
  return folder;
}
