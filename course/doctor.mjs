// @ts-check
// npm run doctor: what is there, what is not, and the line that mends it. Changes nothing; exit code 1 if something
// is amiss.
import { join } from 'node:path';
import { checks } from './doctor/checks.mjs';
import { takeOnly } from './setup/help.mjs';
import { projectAt } from './setup/project.mjs';

takeOnly(import.meta.filename);
const marks = { good: 'ok', bad: 'NO', optional: '--' };
const project = projectAt(join(import.meta.dirname, '..'));

for (const [name, check] of checks) {
  const { state, found, help } = await check(project);
  console.log(`${marks[state]}  ${name.padEnd(20)}${found}${help ? `\n${' '.repeat(24)}-> ${help}` : ''}`);
  if (state === 'bad') process.exitCode = 1;
}
