type Kind = 'code' | 'markdown';

/** What nbgrader reads of a cell, by its metadata schema 3. */
export interface NbgraderCell {
  readonly cell_type: Kind;
  /** Are there points for the cell itself? */
  readonly grade: boolean;
  readonly grade_id: string;
  readonly locked: boolean;
  readonly points?: number;
  readonly schema_version: 3;
  /** Does the student write here? */
  readonly solution: boolean;
  readonly task: boolean;
}

/** An answer: what a function is worth stands at its test, a written answer is marked by a person. */
export function answerCell(kind: Kind, exercise: string, points: number): NbgraderCell {
  const isWritten = kind === 'markdown';
  const cell = { cell_type: kind, grade: isWritten, grade_id: exercise, locked: false, schema_version: 3 } as const;
  return { ...cell, solution: true, task: false, ...(isWritten && { points }) };
}

/** The hidden test of an answer. */
export function testCell(exercise: string, points: number): NbgraderCell {
  const cell = { cell_type: 'code', grade: true, grade_id: `test-${exercise}`, locked: true } as const;
  return { ...cell, points, schema_version: 3, solution: false, task: false };
}
