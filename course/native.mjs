// @ts-check
// npm run native [cpu|gpu]: makes TensorFlow.js compute in native TensorFlow, with the libraries of its Python
// package. `npm run native remove` takes it away again. Neither the course nor the library needs it.
import { join } from 'node:path';
import { checkMachine } from './native/machine.mjs';
import { isKind, nativeSteps } from './native/native.mjs';
import { removal } from './native/removal.mjs';
import { tryOut } from './native/trial.mjs';
import { Failure } from './setup/failure.mjs';
import { answerHelp } from './setup/help.mjs';
import { projectAt } from './setup/project.mjs';
import { makeMissing, orExit } from './setup/set-up.mjs';
import { steps } from './setup/steps.mjs';

const root = join(import.meta.dirname, '..');

answerHelp(import.meta.filename);
await orExit(async () => {
  const [what = 'cpu', ...others] = process.argv.slice(2);
  if (what === 'remove' && others.length === 0) {
    await makeMissing(root, [removal]);
    console.log('There is no native TensorFlow here; TensorFlow.js computes in WebAssembly.');
    return;
  }
  if (!isKind(what) || others.length > 0)
    throw new Failure(`npm run native takes cpu, gpu or remove, got ${[what, ...others].join(' ')}.`);
  checkMachine();
  await makeMissing(root, [...steps({ tests: false }), ...nativeSteps(what)]);
  const said = await tryOut(projectAt(root));
  console.log(said);
  if (what === 'gpu' && !said.includes('on the GPU'))
    console.log('  It finds no GPU that it can use: nvidia-smi shows whether the driver does.');
});
