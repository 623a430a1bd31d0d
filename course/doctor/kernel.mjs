// @ts-check
import { existsSync } from 'node:fs';
import { environment } from '../setup/environment.mjs';
import { kernelspecOf } from '../setup/jupyter.mjs';
import { pythonEnv } from '../setup/python.mjs';
import { run } from '../setup/run.mjs';
import { bad, good } from './finding.mjs';

// Starts the kernel as every front end does and prints what it says of itself.
const question = `
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(startup_timeout=30, kernel_name='tslab')
try:
    info = client.kernel_info(reply=True, timeout=10)['content']
    print(info['implementation'], info['implementation_version'] + ', TypeScript', info['language_info']['version'])
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
`;

/** @type {import('./finding.mjs').Check} */
export async function checkKernel(project) {
  if (!environment.isReady(project) || !existsSync(kernelspecOf(project))) return bad('cannot start yet');
  const { code, output } = await run([project.python, '-c', question], { cwd: project.root, env: pythonEnv() });
  const answer = output.trim().split('\n').at(-1) ?? '';
  return code === 0 ? good(`answers: ${answer}`) : bad(`does not answer: ${answer}`);
}
