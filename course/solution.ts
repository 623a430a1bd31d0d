import type { SourceCell } from './source-cell.js';

const SOLUTION_BEGIN = /^( *)\/\/ BEGIN SOLUTION$/;
const SOLUTION_END = /^ *\/\/ END SOLUTION$/;

/**
 * How many solutions stand in a cell.
 *
 * @throws Error naming the place if their marks are not in pairs.
 */
export function solutionBlocks(text: string, place: string): number {
  const marks = text
    .split('\n')
    .flatMap((line) => (SOLUTION_BEGIN.test(line) ? ['begin'] : SOLUTION_END.test(line) ? ['end'] : []));
  if (marks.some((mark, index) => mark !== (index % 2 === 0 ? 'begin' : 'end')) || marks.length % 2 === 1) {
    throw new Error(
      `readSource needs // BEGIN SOLUTION and // END SOLUTION in pairs, got ${marks.join(', ')} (${place})`,
    );
  }
  return marks.length / 2;
}

/** The cell as a student gets it: the solution gives way to a stub that says which exercise is not written yet. */
export function withoutSolution(cell: SourceCell): string {
  let inside = false;
  return cell.text
    .split('\n')
    .flatMap((line) => {
      const begin = SOLUTION_BEGIN.exec(line);
      if (begin) inside = true;
      if (SOLUTION_END.test(line)) {
        inside = false;
        return [];
      }
      if (begin) return [`${begin[1]}return todo('${cell.exercise}');`];
      return inside ? [] : [line];
    })
    .join('\n');
}

/** The cell with its solution, and without the marks around it. */
export function withSolution(cell: SourceCell): string {
  return cell.text
    .split('\n')
    .filter((line) => !SOLUTION_BEGIN.test(line) && !SOLUTION_END.test(line))
    .join('\n');
}
