/** Does some work for each of many things, `jobs` at a time; gives the results in their order. The first error ends it. */
export async function inParallel<T, R>(
  things: readonly T[],
  jobs: number,
  work: (thing: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(things.length);
  const waiting = things.entries();
  const worker = async (): Promise<void> => {
    for (const [index, thing] of waiting) results[index] = await work(thing);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, things.length) }, worker));
  return results;
}
