// @ts-check
import { kernel, library } from '../setup/build.mjs';
import { jupyter } from '../setup/jupyter.mjs';
import { checkEnvironment, checkPackages, checkStep, checkTestTools } from './installed.mjs';
import { checkKernel } from './kernel.mjs';
import { checkDisk, checkNode, checkNpm, checkPython } from './machine.mjs';
import { checkNative } from './native.mjs';

/**
 * All checks, from the ground up.
 *
 * @type {readonly (readonly [string, import('./finding.mjs').Check])[]}
 */
export const checks = [
  ['Node', checkNode],
  ['npm', checkNpm],
  ['Python', checkPython],
  ['Disk', checkDisk],
  ['Packages', checkPackages],
  ['Python environment', checkEnvironment],
  ['Python test tools', checkTestTools],
  ['Kernel build', checkStep(kernel)],
  ['Library build', checkStep(library)],
  ['Jupyter files', checkStep(jupyter)],
  ['Kernel', checkKernel],
  ['Native TensorFlow', checkNative],
];
