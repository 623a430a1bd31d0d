import { duration } from '../../lib/duration.js';

const LONGEST_PRINTED = 300;

/** Text as a terminal may print it: a name or an error that students chose must not command it, nor look like another line. */
export function printable(text: string): string {
  return text.slice(0, LONGEST_PRINTED).replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\ufffd');
}

/** Says how far grading is and how long the rest may take, on a line of its own for each submission. */
export function progress(): (done: number, of: number, student: string) => void {
  const started = performance.now();
  return (done, of, student) => {
    const rest = ((performance.now() - started) / done) * (of - done);
    const estimate = done < of ? `, about ${duration(rest / 1000)} to go` : '';
    console.log(`${String(done).padStart(String(of).length)} of ${of}  ${printable(student)}${estimate}`);
  };
}
