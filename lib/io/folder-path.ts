import { fileURLToPath } from 'node:url';

/** The path of a folder that is given by path or by file URL. */
export function folderPath(folder: string | URL): string {
  return folder instanceof URL ? fileURLToPath(folder) : folder;
}
