// @ts-check
// `npm start`: sets up what is missing and opens JupyterLab on the first notebook. Further arguments go to JupyterLab:
// `npm start -- --no-browser`, `npm start -- notebooks/01-gradients.ipynb`.
import { join } from 'node:path';
import { runLab } from './setup/lab.mjs';
import { setUpOrExit } from './setup/set-up.mjs';

const root = join(import.meta.dirname, '..');
await setUpOrExit(root);
process.exitCode = await runLab(root, process.argv.slice(2));
