// @ts-check
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const interval = 500;

/**
 * Writes ` 10 %`, ` 20 %` and so on behind the title of a step while a folder fills.
 *
 * @param {string} folder
 * @param {number} megabytes the size in the end
 * @returns {() => void} ends it
 */
export function showProgress(folder, megabytes) {
  let shown = 0;
  const timer = setInterval(() => {
    const tenths = Math.min(10, Math.floor((10 * sizeOf(folder)) / (megabytes * 1e6)));
    while (shown < tenths) process.stderr.write(` ${++shown * 10} %`);
  }, interval);
  return () => clearInterval(timer);
}

/** @param {string} folder */
function sizeOf(folder) {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    bytes += found?.isFile() ? found.size : 0;
  }
  return bytes;
}
