import { duration } from '../../lib/duration.js';

/** Says how far grading is and how long the rest may take, on a line of its own for each submission. */
export function progress(): (done: number, of: number, student: string) => void {
  const started = performance.now();
  return (done, of, student) => {
    const rest = ((performance.now() - started) / done) * (of - done);
    const estimate = done < of ? `, about ${duration(rest / 1000)} to go` : '';
    console.log(`${String(done).padStart(String(of).length)} of ${of}  ${student}${estimate}`);
  };
}
