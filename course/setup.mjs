// @ts-check
// `npm run setup`: sets up what is missing. With --tests also what only `npm test` needs.
import { join } from 'node:path';
import { setUpOrExit } from './setup/set-up.mjs';

await setUpOrExit(join(import.meta.dirname, '..'), { tests: process.argv.includes('--tests') });
