// @ts-check
// npm run setup [-- --tests]: sets up what is missing; with --tests also what only `npm test` needs.
import { join } from 'node:path';
import { takeOnly } from './setup/help.mjs';
import { setUpOrExit } from './setup/set-up.mjs';

takeOnly(import.meta.filename, '--tests');
await setUpOrExit(join(import.meta.dirname, '..'), { tests: process.argv.includes('--tests') });
