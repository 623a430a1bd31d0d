import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root as course } from '../../../course/tools.js';

const python = join(course, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
// Nobody listens there: every connection is refused at once.
const nowhere = 'http://127.0.0.1:9/';
const wheel = 'tensorflow_cpu-2.20.0-py3-none-any.whl';
const libraries = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];
const headers = ['tensorflow/include/tensorflow/c/c_api.h', 'tensorflow/include/xla/tsl/c/tsl_status.h'];
const rest = ['tensorflow/__init__.py', 'tensorflow/include/tensorflow/core/graph/graph.h', 'tensorflow/python/x.so'];

const writeWheel = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    for name in sys.argv[2:]:
        archive.writestr(name, name)
    info = 'tensorflow_cpu-2.20.0.dist-info/'
    archive.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: tensorflow-cpu\\nVersion: 2.20.0\\n')
    archive.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
`;

describe('npm run native', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'netlens native '));
    for (const part of ['course/setup', 'course/native', 'course/native.mjs'])
      cpSync(join(course, part), join(root, part), { recursive: true });
    mkdirSync(join(root, 'build'));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Runs Node in the project and gives how it ended and what it said. */
  function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): readonly [number | null, string] {
    const options = { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    return [status, stdout + stderr];
  }

  /** Runs a piece of the command as the command does, which turns failures into sentences. */
  const piece = (script: string, env: NodeJS.ProcessEnv = {}): readonly [number | null, string] => {
    const program = `import { orExit } from './course/setup/set-up.mjs';
      import { projectAt } from './course/setup/project.mjs';
      import { checkMachine, findCompiler, needSpace } from './course/native/machine.mjs';
      import { libraries } from './course/native/libraries.mjs';
      const project = { ...projectAt(process.cwd()), python: ${JSON.stringify(python)} };
      await orExit(async () => { ${script} });`;
    return node(['--input-type=module', '-e', program], env);
  };

  it('takes cpu, gpu or remove', () => {
    assert.deepEqual(node(['course/native.mjs', 'tpu']), [1, 'npm run native takes cpu, gpu or remove, got tpu.\n']);
    assert.deepEqual(node(['course/native.mjs', 'remove', 'cpu']), [
      1,
      'npm run native takes cpu, gpu or remove, got remove cpu.\n',
    ]);
  });

  it('says on which machines it works, and that nothing needs it', () => {
    const on = (platform: string, arch: string): string =>
      `Object.defineProperties(process, { platform: { value: '${platform}' }, arch: { value: '${arch}' } });`;
    const nothing = '\n  WebAssembly does its work everywhere: nothing else is needed.\n';
    assert.deepEqual(piece(`${on('darwin', 'arm64')} checkMachine();`), [
      1,
      `npm run native needs Linux on x64, got darwin on arm64.${nothing}`,
    ]);
    const musl = 'process.report.getReport = () => ({ header: {} });';
    assert.deepEqual(piece(`${on('linux', 'x64')} ${musl} checkMachine();`), [
      1,
      `npm run native needs a Linux with glibc, got another C library.${nothing}`,
    ]);
  });

  it('names the line that installs a compiler', () => {
    const [status, said] = piece('findCompiler();', { PATH: root, CXX: '' });
    assert.equal(status, 1);
    assert.match(said, /^npm run native needs a C\+\+ compiler, found none\.\n {2}.*install.*g\+\+/i);
    assert.match(piece('findCompiler();', { CXX: '/nowhere/g++' })[1], /^CXX=\/nowhere\/g\+\+: npm run native needs/);
  });

  it('says how much space it needs', () => {
    const [status, said] = piece("needSpace('.', 1e9);");
    assert.equal(status, 1);
    assert.match(said, /^npm run native needs 1000000000 GB of disk space, \. has \d+\.\d GB\.\n {2}Free some/);
  });

  it('leaves nothing half-made where the package index is out of reach', () => {
    const env = { CXX: process.execPath, PIP_INDEX_URL: nowhere, PIP_NO_INDEX: '0', PIP_RETRIES: '1' };
    const [status, said] = piece("await libraries('cpu').make(project);", env);
    assert.equal(status, 1);
    assert.match(said, /\npip cannot reach the package registry\.\n.*pip config list/);
    assert.deepEqual(readdirSync(join(root, 'build', 'native')), []);
  });

  it('takes libraries and headers out of the wheel, and refuses another wheel', () => {
    const path = join(root, wheel);
    spawnSync(python, ['-c', writeWheel, path, ...libraries, ...headers, ...rest]);
    const lock = (hash: string): void =>
      writeFileSync(join(root, 'course', 'native', 'cpu.txt'), `./${wheel} --hash=sha256:${hash}\n`);
    const make = "await libraries('cpu').make(project); console.log(libraries('cpu').isReady(project));";
    lock('0'.repeat(64));
    assert.match(
      piece(make, { CXX: process.execPath })[1],
      /\npip received a package that differs from the locked one/,
    );
    lock(createHash('sha256').update(readFileSync(path)).digest('hex'));
    assert.deepEqual(piece(make, { CXX: process.execPath }), [0, 'true\n']);
    const made = readdirSync(join(root, 'build', 'native'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + '/build/native/cpu/'.length));
    assert.deepEqual(made.sort(), ['libraries.json', ...headers, ...libraries].sort());
  });

  it('takes away what it made, and says so when there is nothing', () => {
    const lib = join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib');
    mkdirSync(join(root, 'build', 'native', 'cpu', 'lib', 'napi-v8'), { recursive: true });
    mkdirSync(join(lib, '..'), { recursive: true });
    symlinkSync('../../../build/native/cpu/lib', lib);
    assert.ok(existsSync(join(lib, 'napi-v8')));
    const gone = 'There is no native TensorFlow here; TensorFlow.js computes in WebAssembly.\n';
    const [status, said] = node(['course/native.mjs', 'remove']);
    assert.equal(status, 0);
    assert.match(said.replace(gone, ''), /^Removing native TensorFlow … \d\.\d s\n$/);
    assert.ok(!existsSync(lib) && !existsSync(join(root, 'build', 'native')));
    assert.deepEqual(node(['course/native.mjs', 'remove']), [0, gone]);
  });
});
