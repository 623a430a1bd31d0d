// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { Failure } from '../setup/failure.mjs';

const gigabyte = 1e9;
const insteadOfIt = 'WebAssembly does its work everywhere: nothing else is needed.';

/**
 * @throws Failure if the libraries of the Python package are for other machines
 */
export function checkMachine() {
  const { platform, arch } = process;
  const known = platform === 'linux' && arch === 'x64';
  if (!known)
    throw new Failure(`npm run native needs Linux on x64, got ${platform} on ${arch}.`, { help: insteadOfIt });
  const { header } = /** @type {{ header: Record<string, unknown> }} */ (process.report.getReport());
  if (!header['glibcVersionRuntime'])
    throw new Failure('npm run native needs a Linux with glibc, got another C library.', { help: insteadOfIt });
}

/**
 * The C++ compiler: the one that CXX names, else the first on the path.
 *
 * @returns {string}
 * @throws Failure with the line that installs one
 */
export function findCompiler() {
  const named = process.env['CXX'];
  const names = named ? [named] : ['g++', 'clang++', 'c++'];
  const found = names.find((name) => spawnSync(name, ['--version']).status === 0);
  if (found !== undefined) return found;
  const place = named ? `CXX=${named}: ` : '';
  throw new Failure(`${place}npm run native needs a C++ compiler, found none.`, {
    help: existsSync('/etc/debian_version')
      ? 'sudo apt install g++'
      : 'Install g++ with your package manager, or name a compiler: CXX=/path/to/g++ npm run native',
  });
}

/**
 * @param {string} folder
 * @param {number} gigabytes
 * @throws Failure if less is free there
 */
export function needSpace(folder, gigabytes) {
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / gigabyte;
  if (free >= gigabytes) return;
  throw new Failure(`npm run native needs ${gigabytes} GB of disk space, ${folder} has ${free.toFixed(1)} GB.`, {
    help: 'Free some, and run the command again.',
  });
}
