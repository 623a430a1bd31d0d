import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root as course } from '../../../course/tools.js';
import { type Ending, runCommand, type SmallProject, smallProject } from './small-project.js';

const windows = process.platform === 'win32';
// Nobody listens there: every connection is refused at once.
const nowhere = 'http://127.0.0.1:9/';

describe('set-up that cannot go on', () => {
  let project: SmallProject;
  const path = (...parts: string[]): string => join(project.root, ...parts);

  before(() => {
    project = smallProject();
  });

  after(() => project.remove());

  /** Puts a Python that answers like this, and nothing else, on the path of a set-up. */
  function withPython(answer: object | undefined, env: NodeJS.ProcessEnv = {}): Promise<Ending> {
    const bin = path('..', 'bin');
    mkdirSync(bin, { recursive: true });
    const words = JSON.stringify({
      executable: join(bin, 'python3'),
      base: '',
      venv: true,
      ensurepip: true,
      pip: '',
      ...answer,
    });
    writeFileSync(join(bin, 'python3'), answer ? `#!/bin/sh\necho '${words}'\n` : '#!/bin/sh\nexit 1\n');
    chmodSync(join(bin, 'python3'), 0o755);
    return runCommand(project, 'setup.mjs', { env: { PATH: bin, PYTHON: '', ...env } });
  }

  function assertFailure({ code, said }: Ending, sentence: RegExp, help: RegExp): void {
    assert.equal(code, 1, said);
    const [last = '', beforeLast = ''] = said.trimEnd().split('\n').reverse();
    assert.match(beforeLast, sentence);
    assert.match(last, help);
    assert.doesNotMatch(said, /^ {4}at /m);
    assert.ok(!existsSync(path('.venv')));
    assert.ok(!existsSync(path('build', 'setup.lock')));
  }

  describe('for want of a Python', () => {
    before(function () {
      if (windows) this.skip(); // stand-in Pythons are shell scripts
    });

    it('names the line that installs one', async () => {
      assertFailure(
        await withPython(undefined),
        /^netlens needs Python 3\.10 or newer, found none\.$/,
        /^ {2}\S+ .*install/i,
      );
    });

    it('says which one is too old', async () => {
      const ending = await withPython({ version: '3.8.10' });
      assertFailure(
        ending,
        /needs Python 3\.10 or newer, found Python 3\.8\.10 \(.*python3\)\.$/,
        /PYTHON=\/path\/to\/python3 npm start/,
      );
    });

    it('says which module is missing, and on Debian the package that brings it', async () => {
      const ending = await withPython({ version: '3.11.2', ensurepip: false, pip: '20.3.4' });
      const help = existsSync('/etc/debian_version') ? /^ {2}sudo apt install python3\.11-venv$/ : /PYTHON=/;
      assertFailure(
        ending,
        /^Python 3\.11\.2 \(.*\) cannot make virtual environments: .* ensurepip is missing\.$/,
        help,
      );
    });

    it('asks the Python that PYTHON names and no other', async () => {
      const ending = await withPython({ version: '3.12.1' }, { PYTHON: '/nowhere/python3' });
      assertFailure(ending, /^PYTHON=\/nowhere\/python3: netlens needs Python 3\.10 or newer, found none\.$/, /./);
    });
  });

  it('says when pip does not reach its index', async () => {
    project.write('requirements.txt', `left-pad==1.0 --hash=sha256:${'0'.repeat(64)}\n`);
    const ending = await runCommand(project, 'setup.mjs', {
      env: { PIP_INDEX_URL: nowhere, PIP_NO_INDEX: '0', PIP_RETRIES: '1' },
    });
    assertFailure(ending, /^pip cannot reach the package registry\.$/, /pip config list/);
  });

  it('says when npm does not reach its registry, and leaves no packages', async () => {
    const other = smallProject();
    try {
      const lock = JSON.parse(readFileSync(join(other.root, 'package-lock.json'), 'utf8')) as Lock;
      lock.packages['node_modules/left-pad'] = { version: '1.3.0', integrity: `sha512-${'A'.repeat(86)}==` };
      lock.packages['']!['devDependencies'] = { 'left-pad': '1.3.0' };
      other.write('package-lock.json', JSON.stringify(lock));
      other.write('package.json', JSON.stringify({ name: 'small', devDependencies: { 'left-pad': '1.3.0' } }));
      const env = { npm_config_registry: nowhere, npm_config_fetch_retries: '0' };
      const { code, said } = await runCommand(other, 'setup.mjs', { env });
      assert.equal(code, 1);
      assert.match(said, /\nnpm cannot reach the package registry\.\n.*npm config get registry/);
      assert.ok(!existsSync(join(other.root, 'node_modules')));
    } finally {
      other.remove();
    }
  });

  it('says when it may not write into its folder', async function () {
    if (windows) this.skip(); // folders cannot be made read-only by mode there
    const other = smallProject();
    try {
      chmodSync(join(other.root, '..'), 0o755);
      chmodSync(other.root, 0o555);
      // The superuser may write everywhere: somebody else tries.
      const uid = process.getuid?.() === 0 ? 65534 : undefined;
      const { code, said } = await runCommand(other, 'setup.mjs', { uid });
      assert.equal(code, 1);
      assert.match(said, /\nSet-up may not write into the project folder.*\n {2}Run the command as the owner/);
      assert.ok(!existsSync(join(other.root, 'build')));
    } finally {
      chmodSync(other.root, 0o755);
      other.remove();
    }
  });

  it('ends with one sentence on an old Node', () => {
    const old = "Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } });";
    const script = `${old} require(${JSON.stringify(join(course, 'course', 'node-version.cjs'))}); console.log('went on');`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^netlens needs Node 20\.19 or newer, got 18\.20\.4 \(.*\)\.\n {2}Install a current Node: .*\n$/,
    );
  });
});

interface Lock {
  readonly packages: Record<string, Record<string, unknown>>;
}
