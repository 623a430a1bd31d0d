// Any value as text.
import { inspect } from 'node:util';

/** The value as text; what cannot be inspected is named. */
export function inspected(value: unknown): string {
  try {
    return inspect(value);
  } catch (error) {
    return `[a value that cannot be shown: ${reason(error)}]`;
  }
}

function reason(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'its inspection failed';
  }
}
