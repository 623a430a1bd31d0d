import type { Bundle } from './plot/display.js';

/** What the course kernel offers to the code of cells. */
export interface Notebook {
  /** Shows a MIME bundle; with `update`, puts it in the place of what was shown under the same id. */
  display(bundle: Bundle, metadata?: Bundle, displayId?: string, update?: boolean): void;
  clearOutput(wait?: boolean): void;
  /** How the kernel shows tensors, models and tables; undefined for anything else. */
  readable?(value: unknown): Bundle | undefined;
  /** Aborted when the reader stops the cell. */
  readonly signal: AbortSignal;
}

/** The notebook that this code runs in; undefined in a script or a test. */
export function notebook(): Notebook | undefined {
  return (globalThis as { readonly __notebook?: Notebook }).__notebook;
}
