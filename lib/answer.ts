/**
 * Thrown where an exercise has no answer yet.
 *
 * @example
 * new Unanswered('half').message // => 'Exercise half is not written yet; this cell waits for it.'
 */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  /** The exercise that waits for its answer. */
  readonly exercise: string;

  constructor(exercise: string) {
    super(waiting(exercise));
    this.exercise = exercise;
  }
}

/**
 * Stands where an answer will stand: `return todo('id')`. Cells that need the answer say so and go on.
 *
 * @param exercise - the name of the exercise.
 * @throws Unanswered always.
 * @example
 * const half = (x: number): number => todo('half');
 * await check('half', () => half(2), []);
 */
export function todo(exercise: string): never {
  throw new Unanswered(exercise);
}

/** What a cell says instead of its result while an answer is missing. */
function waiting(exercise: string): string {
  return `Exercise ${exercise} is not written yet; this cell waits for it.`;
}
