import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../course/tools.js';
import { runCommand, smallProject } from './small-project.js';

describe('npm run doctor', () => {
  it('says what is missing and the line that mends it, when nothing is set up, and changes nothing', async () => {
    const project = smallProject();
    try {
      const { code, said } = await runCommand(project, 'doctor.mjs');
      assert.equal(code, 1);
      assert.match(said, new RegExp(`^ok {2}Node +${process.versions.node} `, 'm'));
      assert.match(said, /^ok {2}npm +\d+\.\d+\.\d+$/m);
      assert.match(said, /^ok {2}Python +3\.\d+\.\d+ /m);
      for (const part of ['Packages', 'Python environment', 'Kernel build', 'Library build', 'Jupyter files', 'Kernel'])
        assert.match(said, new RegExp(`^NO {2}${part} +\\S.*\\n +-> npm run setup$`, 'm'));
      for (const folder of ['node_modules', '.venv', 'build']) assert.ok(!existsSync(join(project.root, folder)));
    } finally {
      project.remove();
    }
  });

  it('compares what is installed here with the lock files, and asks the kernel', () => {
    const { stdout: said } = spawnSync(process.execPath, [join(root, 'course', 'doctor.mjs')], { encoding: 'utf8' });
    assert.match(said, /^ok {2}Python environment +as the lock file says$/m);
    assert.match(said, /^ok {2}Kernel +answers: tslab \S+, TypeScript 5\.\d+\.\d+$/m);
  });
});
