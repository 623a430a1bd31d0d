// @ts-check
import { join } from 'node:path';
import { Failure } from '../setup/failure.mjs';
import { run } from '../setup/run.mjs';

/**
 * Lets the library compute in native TensorFlow, in a process of its own.
 *
 * @param {import('../setup/project.mjs').Project} project
 * @returns {Promise<string>} how it computes, in the library's words
 * @throws Failure if it does not
 */
export async function tryOut(project) {
  const multiplication = join(import.meta.dirname, 'multiplication.mjs');
  const { code, output } = await run([process.execPath, multiplication], { cwd: project.root });
  if (code === 0) return output.trim().split('\n').at(-1) ?? '';
  throw new Failure('TensorFlow.js does not compute in native TensorFlow on this machine.', {
    output,
    help: 'WebAssembly does its work everywhere; npm run native -- remove frees the space.',
  });
}
