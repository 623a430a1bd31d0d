import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../course/tools.js';
import { runCommand, type SmallProject, smallProject } from './small-project.js';

const AHEAD = 'Library, for the first notebook';
const bin = process.platform === 'win32' ? 'Scripts' : 'bin';

describe('set-up', () => {
  let project: SmallProject;
  const path = (...parts: string[]): string => join(project.root, ...parts);
  /** The steps that set-up reports, after checking that it ended well. */
  const steps = async (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> => {
    const { code, said } = await runCommand(project, 'setup.mjs', { args, env });
    assert.equal(code, 0, said);
    return [...said.matchAll(/^(.+) … \d+\.\d s$/gm)].map(([, title]) => title ?? '');
  };

  before(() => {
    project = smallProject('naïve köder 日本 $x %20');
  });

  after(() => project.remove());

  it('makes everything in a folder with an awkward name, whatever NODE_ENV and PYTHONPATH say', async () => {
    const env = { NODE_ENV: 'production', PYTHONPATH: path('nowhere'), PIP_USER: '1' };
    const all = ['Packages', 'Python environment', 'Jupyter kernel and settings', 'Kernel', 'Library', AHEAD];
    assert.deepEqual(await steps([], env), all);
    const made = ['node_modules/typescript', `.venv/${bin}`, 'build/kernel/main.js', 'dist/index.js'];
    for (const file of made) assert.ok(existsSync(path(file)), file);
  });

  it('says and does nothing in under a second when nothing is missing', async () => {
    const runs = [];
    for (let i = 0; i < 3; i++) runs.push(await runCommand(project, 'setup.mjs'));
    assert.deepEqual(new Set(runs.map(({ code, said }) => `${code}${said}`)), new Set(['0']));
    assert.ok(Math.min(...runs.map(({ seconds }) => seconds)) < 1);
  });

  it('describes the kernel with this Node and the paths of the project', () => {
    const kernel = JSON.parse(readFileSync(path('.venv/share/jupyter/kernels/tslab/kernel.json'), 'utf8')) as unknown;
    assert.deepEqual(kernel, {
      argv: [
        process.execPath,
        '--experimental-vm-modules',
        '--no-force-async-hooks-checks',
        path('build', 'kernel', 'main.js'),
        '{connection_file}',
      ],
      display_name: 'TypeScript (tslab)',
      language: 'typescript',
      interrupt_mode: 'message',
      metadata: { debugger: false },
    });
  });

  it('tells VS Code where the kernel is, in the file that its settings name', () => {
    const settings = readFileSync(join(root, '.vscode', 'settings.json'), 'utf8');
    const { 'python.envFile': file } = JSON.parse(settings) as { readonly 'python.envFile': string };
    const variables = readFileSync(path(file.replace(/^\$\{workspaceFolder\}/, '')), 'utf8');
    assert.equal(variables, `JUPYTER_PATH=${path('.venv', 'share', 'jupyter')}\n`);
  });

  it('installs the test tools only when the tests ask for them', async () => {
    assert.deepEqual(await steps(['--tests']), ['Python test tools']);
    assert.deepEqual(await steps(['--tests']), []);
  });

  it('leaves no lock and no half-written file', () => {
    const names = [...readdirSync(path('build')), ...readdirSync(path('.venv')), ...readdirSync(path('node_modules'))];
    assert.deepEqual(
      names.filter((name) => /lock$|\.\d+$/.test(name)),
      [],
    );
  });

  it('puts back Jupyter files that are changed or gone', async () => {
    rmSync(path('.venv/etc/jupyter/jupyter_server_config.json'));
    assert.deepEqual(await steps(), ['Jupyter kernel and settings']);
    project.write('.venv/share/jupyter/kernels/tslab/kernel.json', '{}');
    assert.deepEqual(await steps(), ['Jupyter kernel and settings']);
    assert.ok(existsSync(path('.venv/etc/jupyter/jupyter_server_config.json')));
  });

  it('takes away Jupyter files that the course no longer has', async () => {
    project.write('course/jupyter/share/jupyter/lab/extra.json', '{}');
    assert.deepEqual(await steps(), ['Jupyter kernel and settings']);
    assert.ok(existsSync(path('.venv/share/jupyter/lab/extra.json')));
    rmSync(path('course/jupyter/share/jupyter/lab/extra.json'));
    assert.deepEqual(await steps(), ['Jupyter kernel and settings']);
    assert.ok(!existsSync(path('.venv/share/jupyter/lab/extra.json')));
    assert.deepEqual(await steps(), []);
  });

  it('builds what has other sources than before, older ones too, and drops what has none any more', async () => {
    project.write('lib/extra.ts', 'export const extra: number = 1;\n');
    assert.deepEqual(await steps(), ['Library']);
    assert.ok(existsSync(path('dist/extra.js')));
    rmSync(path('lib/extra.ts'));
    utimesSync(path('kernel/main.ts'), 1e9, 1e9);
    assert.deepEqual(await steps(), ['Kernel', 'Library']);
    assert.deepEqual(readdirSync(path('dist')), ['index.js']);
  });

  it('lets the kernel prepare the library for the first notebook', async () => {
    assert.equal(readFileSync(path('build/kernel-cache/asked'), 'utf8'), 'netlens');
    rmSync(path('build/kernel-cache'), { recursive: true });
    assert.deepEqual(await steps(), [AHEAD]);
    assert.ok(existsSync(path('build/kernel-cache/asked')));
  });

  it('builds again when the build is gone', async () => {
    rmSync(path('dist'), { recursive: true });
    assert.deepEqual(await steps(), ['Library']);
    assert.ok(existsSync(path('dist/index.js')));
    rmSync(path('build/kernel/ahead.js')); // a part is enough
    assert.deepEqual(await steps(), ['Kernel']);
    assert.ok(existsSync(path('build/kernel/ahead.js')));
  });

  it('keeps the last build when the types are wrong, and does not take it for a new one', async () => {
    project.write('lib/index.ts', "export const answer: number = 'forty-two';\n");
    for (let i = 0; i < 2; i++) {
      const { code, said } = await runCommand(project, 'setup.mjs');
      assert.equal(code, 1);
      assert.match(said, /error TS2322.*\nlib\/ does not compile\.\n {2}npx tsc -p lib\n$/);
      assert.match(readFileSync(path('dist/index.js'), 'utf8'), /answer = 42/);
    }
    project.write('lib/index.ts', 'export const answer: number = 43;\n');
    assert.deepEqual(await steps(), ['Library']);
    assert.match(readFileSync(path('dist/index.js'), 'utf8'), /answer = 43/);
  });

  it('installs changed requirements into the environment, without making it anew', async () => {
    project.write('.venv/keepsake', '');
    project.write('requirements.txt', `${readFileSync(path('requirements.txt'), 'utf8')}# changed\n`);
    assert.deepEqual(await steps(), ['Python environment']);
    assert.ok(existsSync(path('.venv/keepsake')));
  });

  it('refuses a Python package whose hash is not the locked one, and keeps the environment', async () => {
    const right = readFileSync(path('requirements.txt'), 'utf8');
    project.write('requirements.txt', right.replace(/sha256:\w+/, `sha256:${'0'.repeat(64)}`));
    const env = { PIP_FORCE_REINSTALL: '1' };
    const { code, said } = await runCommand(project, 'setup.mjs', { env });
    assert.equal(code, 1);
    assert.match(said, /\npip received a package that differs from the locked one\.\n/);
    project.write('requirements.txt', right);
    assert.deepEqual(await steps(), []);
    assert.ok(existsSync(path('.venv/keepsake')));
  });

  it('makes the environment anew when its interpreter is gone', async function () {
    if (process.platform === 'win32') this.skip(); // the interpreter is no link there
    rmSync(path('.venv/bin/python3'), { force: true });
    rmSync(path('.venv/bin/python'));
    symlinkSync('/nowhere/python3', path('.venv/bin/python'));
    assert.deepEqual(await steps(), ['Python environment', 'Jupyter kernel and settings']);
    assert.ok(!existsSync(path('.venv/keepsake')));
  });

  it('goes by what is installed, not by its own notes, when packages change behind its back', async () => {
    rmSync(path('node_modules/typescript'));
    assert.deepEqual(await steps(), ['Packages']);
    assert.ok(existsSync(path('node_modules/typescript/package.json')));
  });

  it('makes the environment anew and describes the kernel again when the folder has moved', async () => {
    const moved = join(project.root, '..', 'moved');
    renameSync(project.root, moved);
    project = { ...project, root: moved };
    assert.deepEqual(await steps(), ['Python environment', 'Jupyter kernel and settings']);
    assert.match(readFileSync(path('.venv/share/jupyter/kernels/tslab/kernel.json'), 'utf8'), /moved/);
  });
});
