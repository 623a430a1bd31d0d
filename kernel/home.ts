import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** The nearest folder from here upwards that has this file. */
export function upwards(from: string, file: string): string | undefined {
  if (existsSync(path.join(from, file))) return from;
  const above = path.dirname(from);
  return above === from ? undefined : upwards(above, file);
}

/** The folder whose node_modules holds the kernel's packages. */
export function homeFrom(folder: string): string | undefined {
  return upwards(folder, 'node_modules/tslab/package.json');
}
