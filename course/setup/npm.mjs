// @ts-check
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How to call npm: the one that called us, else the one beside this Node, else the one on the path.
 *
 * @returns {readonly string[]}
 */
export function npmCommand() {
  const bin = dirname(process.execPath);
  const inside = join('node_modules', 'npm', 'bin', 'npm-cli.js');
  const places = [process.env['npm_execpath'] ?? '', join(bin, '..', 'lib', inside), join(bin, inside)];
  const script = places.find((place) => place.endsWith('npm-cli.js') && existsSync(place));
  return script ? [process.execPath, script] : ['npm'];
}
