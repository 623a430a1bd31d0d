import type { Notebook } from '../lib/notebook.js';
import type { Bundle } from '../lib/plot/display.js';

/** One call of a notebook's display. */
export interface Shown {
  readonly bundle: Bundle;
  readonly metadata: Bundle | undefined;
  readonly id: string | undefined;
  readonly update: boolean;
}

/** Runs code as if in a notebook; what it displays is kept. */
export async function onPage(code: (shown: readonly Shown[]) => Promise<unknown>): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  const page: Notebook = {
    display: (bundle, metadata, id, update = false) => shown.push({ bundle, metadata, id, update }),
    clearOutput: () => {},
    signal: new AbortController().signal,
  };
  Object.assign(globalThis, { __notebook: page });
  try {
    await code(shown);
  } finally {
    Reflect.deleteProperty(globalThis, '__notebook');
  }
  return shown;
}

/** Runs code as a script; what it logs is kept, line by line. */
export async function onConsole(code: () => Promise<unknown>): Promise<readonly string[]> {
  const { log } = console;
  const lines: string[] = [];
  console.log = (...values: unknown[]) => lines.push(...values.map(String).join(' ').split('\n'));
  try {
    await code();
  } finally {
    console.log = log;
  }
  return lines;
}
