import { statSync } from 'node:fs';

/** Changes when the file does; empty if there is none. */
export function stamp(file: string): string {
  const info = statSync(file, { throwIfNoEntry: false });
  return info ? `${info.mtimeMs} ${info.size} ${info.ino}` : '';
}
