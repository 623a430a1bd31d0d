import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../course/tools.js';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
/** The file of each command of the course; `npm start` hands what it is asked to JupyterLab. */
const commands = Object.entries(scripts).flatMap(([name, line]) => {
  const file = /course\/[a-z]+\.(?:ts|mjs)$/.exec(line)?.[0];
  return file === undefined || name === 'start' ? [] : [[name, file] as const];
});

const run = (file: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', file, ...args], { cwd: root, encoding: 'utf8' });

describe('the commands', () => {
  it('are there', () => {
    assert.ok(commands.length > 7, `found ${commands.length}`);
  });

  for (const [name, file] of commands)
    it(`npm run ${name} says what it does when asked, and does nothing`, () => {
      const { status, stdout, stderr } = run(file, '--help');
      assert.match(stdout, new RegExp(`^npm run ${name}[: ]`));
      assert.deepEqual([status, stderr], [0, '']);
    });

  for (const [file, words] of [
    ['course/site.ts', /^npm run site takes no arguments, got 01-gradients\n$/],
    ['course/doctor.mjs', /^npm run doctor takes no arguments, got 01-gradients\n$/],
    ['course/setup.mjs', /^npm run setup takes --tests, got 01-gradients\n$/],
    ['course/kernels.ts', /^npm run kernels takes --check, got 01-gradients\n$/],
    ['bench/peers.ts', /^npm run bench:peers takes no arguments, got 01-gradients\n$/],
  ] as const)
    it(`${file} refuses what it does not know`, () => {
      const { status, stderr } = run(file, '01-gradients');
      assert.match(stderr, words);
      assert.equal(status, 2);
    });
});
