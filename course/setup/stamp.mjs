// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The stamp that a finished step left, or undefined if there is none that can be read.
 *
 * @param {string} path
 * @returns {Record<string, unknown> | undefined}
 */
export function readStamp(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Leaves a stamp; whoever reads sees the old one or the new one, never half of it.
 *
 * @param {string} path
 * @param {Record<string, unknown>} stamp
 */
export function writeStamp(path, stamp) {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(stamp, undefined, 2)}\n`);
  renameSync(fresh, path);
}

/** @param {string} path */
export function removeStamp(path) {
  rmSync(path, { force: true });
}

/**
 * A fingerprint of the contents of files; a file that is not there counts as empty.
 *
 * @param {...string} paths
 * @returns {string}
 */
export function hashFiles(...paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readOrEmpty(path)).update('\0');
  return hash.digest('hex');
}

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path);
  } catch {
    return '';
  }
}
