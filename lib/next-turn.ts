/** Lets other work of the process go on, timers and messages included. */
export function nextTurn(): Promise<void> {
  const { setImmediate = setTimeout } = globalThis as Pick<Partial<typeof globalThis>, 'setImmediate'>; // browsers have no setImmediate
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
