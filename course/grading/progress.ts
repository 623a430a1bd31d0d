/** Says how far grading is and how long the rest may take, on a line of its own for each submission. */
export function progress(): (done: number, of: number, student: string) => void {
  const started = performance.now();
  return (done, of, student) => {
    const rest = ((performance.now() - started) / done) * (of - done);
    const estimate = done < of ? `, about ${duration(rest / 1000)} to go` : '';
    console.log(`${String(done).padStart(String(of).length)} of ${of}  ${student}${estimate}`);
  };
}

/** Seconds in words: 40 s, 3 min, 2 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
