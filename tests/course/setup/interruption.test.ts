import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand, type SmallProject, smallProject, startCommand } from './small-project.js';

describe('set-up, interrupted', () => {
  let project: SmallProject;
  const path = (...parts: string[]): string => join(project.root, ...parts);

  before(() => {
    project = smallProject();
  });

  after(() => project.remove());

  /** Starts a set-up and comes back when it is making the Python environment. */
  async function half(): Promise<ReturnType<typeof startCommand>> {
    const running = startCommand(project, 'setup.mjs');
    while (!existsSync(path('.venv', 'pyvenv.cfg'))) {
      assert.equal(running.child.exitCode, null, running.said());
      await sleep(20);
    }
    return running;
  }

  /** Looks for processes that still have the project in their command line. */
  async function assertNobodyWorks(): Promise<void> {
    if (process.platform === 'win32') return;
    const working = (): boolean => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).includes(path('.venv'));
    for (let i = 0; i < 50 && working(); i++) await sleep(100);
    assert.ok(!working());
  }

  it('tidies up on Ctrl-C and says how to go on', async () => {
    const { child, said } = await half();
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 130);
    assert.match(said(), /\nSet-up was interrupted\.\n {2}Run the command again: it goes on from here\.\n$/);
    assert.ok(!existsSync(path('.venv')));
    assert.ok(!existsSync(path('build', 'setup.lock')));
  });

  it('is killed together with the tool it runs, and the next one repairs what they left', async () => {
    const { child } = await half();
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('close', resolve));
    assert.ok(existsSync(path('build', 'setup.lock')));
    await assertNobodyWorks();
    writeFileSync(path('.venv', 'left'), '');
    const { code, said } = await runCommand(project, 'setup.mjs');
    assert.equal(code, 0, said);
    assert.match(said, /^Python environment … [\d.]+ s\nJupyter kernel and settings/);
    assert.ok(!existsSync(path('.venv', 'left')));
  });

  it('starts the packages from an empty folder when npm was killed', async () => {
    project.write('node_modules/.netlens-setup.json', JSON.stringify({ machine: 'unfinished' }));
    project.write('node_modules/half/package.json', '{}');
    const { code, said } = await runCommand(project, 'setup.mjs');
    assert.equal(code, 0, said);
    assert.match(said, /^Packages … [\d.]+ s\n$/);
    assert.ok(!existsSync(path('node_modules', 'half')));
  });

  it('works once when two start together: the other waits, says so, and finds everything ready', async () => {
    project.write('lib/index.ts', 'export const answer: number = 44;\n');
    const endings = await Promise.all([runCommand(project, 'setup.mjs'), runCommand(project, 'setup.mjs')]);
    const [worked, waited] = endings.map(({ said }) => said).sort((a, b) => b.length - a.length);
    assert.deepEqual(
      endings.map(({ code }) => code),
      [0, 0],
    );
    const said = `${worked}${waited}`;
    assert.equal(said.match(/Library … /g)?.length, 1);
    assert.match(said, /Another set-up is running \(process \d+\): waiting for it …\n/);
  });
});
