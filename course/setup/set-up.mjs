// @ts-check
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from './explain.mjs';
import { describeFailure, Failure } from './failure.mjs';
import { interruptOnSignals } from './interruption.mjs';
import { withLock } from './lock.mjs';
import { projectAt } from './project.mjs';
import { steps } from './steps.mjs';

/** @typedef {import('./project.mjs').Project} Project */

/**
 * Sets up whatever the project lacks, or ends the process with the reason.
 *
 * @param {string} root
 * @param {{ tests?: boolean }} [options] tests: with the tools that only the tests need
 */
export const setUpOrExit = (root, { tests = false } = {}) => orExit(() => makeMissing(root, steps({ tests })));

/**
 * Does the steps that are not done; returns at once when all are. Two at once wait for each other.
 *
 * @param {string} root
 * @param {readonly import('./steps.mjs').Step[]} all
 * @throws Failure that says what is in the way and the line that helps
 */
export async function makeMissing(root, all) {
  const project = projectAt(root);
  if (all.every((step) => step.isReady(project))) return;
  const release = interruptOnSignals();
  try {
    mkdirSync(project.build, { recursive: true });
    await withLock(join(project.build, 'setup.lock'), () => makeInOrder(project, all), sayWho);
  } catch (error) {
    // The operating system's refusals have a code; anything else is a fault of ours and keeps its stack.
    throw error instanceof Error && 'syscall' in error ? explain('Set-up', error.message) : error;
  } finally {
    release();
  }
}

/**
 * Does it, or ends the process with the reason.
 *
 * @param {() => Promise<void>} work
 */
export async function orExit(work) {
  try {
    await work();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    console.error(describeFailure(failure));
    process.exit(process.exitCode ?? 1);
  }
}

/**
 * @param {Project} project
 * @param {readonly import('./steps.mjs').Step[]} all
 */
async function makeInOrder(project, all) {
  for (const step of all) {
    if (step.isReady(project)) continue;
    const started = performance.now();
    process.stderr.write(`${step.title} …`);
    try {
      await step.make(project);
      process.stderr.write(` ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    } catch (failure) {
      process.stderr.write('\n');
      throw failure;
    }
  }
}

/** @param {number} pid */
function sayWho(pid) {
  console.error(`Another set-up is running${pid ? ` (process ${pid})` : ''}: waiting for it …`);
}
