// @ts-check
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.mjs';
import { interrupt, interruption } from './interruption.mjs';

const beat = 1000;
const silence = 60_000;
const settle = 200;

/**
 * Does `work` while no other process holds the lock: waits for one that does, takes over from one that died.
 *
 * The lock is a file that names its owner, who touches it every second. It is free for the taking when its owner is
 * known to be dead or has not touched it for a minute.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} onWait told once, if another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  await acquire(path, mine, onWait);
  const heart = setInterval(() => keep(path, mine), beat);
  try {
    return await work();
  } finally {
    clearInterval(heart);
    if (read(path)?.owner === mine) rmSync(path, { force: true });
  }
}

/**
 * @param {string} path
 * @param {string} mine
 * @param {(pid: number) => void} onWait
 */
async function acquire(path, mine, onWait) {
  let told = false;
  let seen = { owner: '', touched: 0, at: 0 };
  while (!create(path, mine)) {
    const lock = read(path);
    if (!lock) continue;
    if (lock.owner !== seen.owner || lock.touched !== seen.touched) seen = { ...lock, at: performance.now() };
    const silent = performance.now() - seen.at > silence;
    if ((silent || isDead(lock.owner)) && (await claim(path, mine, lock.owner))) return;
    if (!told && !isDead(lock.owner)) onWait(pidOf(lock.owner));
    told = true;
    await sleep(settle, undefined, { signal: interruption }).catch(() => interruption.throwIfAborted());
  }
}

/**
 * @param {string} path
 * @param {string} mine
 * @returns {boolean} false if there is a lock already
 */
function create(path, mine) {
  try {
    writeFileSync(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path */
function read(path) {
  try {
    return { owner: readFileSync(path, 'utf8'), touched: statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

/**
 * Puts one's own name over a dead owner's. Several may do so at once: the last one, seen after a pause, has it.
 *
 * @param {string} path
 * @param {string} mine
 * @param {string} dead
 */
async function claim(path, mine, dead) {
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, mine);
  if (read(path)?.owner === dead) renameSync(fresh, path);
  else rmSync(fresh);
  await sleep(settle);
  return read(path)?.owner === mine;
}

/**
 * @param {string} path
 * @param {string} mine
 */
function keep(path, mine) {
  if (read(path)?.owner !== mine) interrupt(new Failure('Another set-up has taken over.'));
  else utimesSync(path, new Date(), new Date());
}

/** @param {string} owner */
function isDead(owner) {
  const pid = pidOf(owner);
  if (!pid || JSON.parse(owner).host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/**
 * @param {string} owner
 * @returns {number} 0 if the lock is just being written
 */
function pidOf(owner) {
  try {
    return JSON.parse(owner).pid;
  } catch {
    return 0;
  }
}
