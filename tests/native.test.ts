import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const sources = ['backend.ts', 'native.ts', 'need.ts', 'plot/display.ts'];

const broken = "throw new Error('libcudart.so.12: cannot open shared object file\\nmore of it');";
// Computes in plain JavaScript under the name of the native backend.
const working = `
  const tf = require('@tensorflow/tfjs');
  tf.registerBackend('tensorflow', () => Object.assign(tf.findBackendFactory('cpu')(), { isUsingGpuDevice: true }));
`;

describe('the loader of the backend, in a project of its own', () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'netlens-loader-')));
    for (const source of sources) cpSync(join(root, 'lib', source), join(folder, 'lib', source));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    linkPackage('tfjs');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function linkPackage(name: string): void {
    const place = join(folder, 'node_modules', '@tensorflow', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, 'node_modules', '@tensorflow', name), place, 'junction');
  }

  /** Puts a package there whose main file holds this code, with a compiled part or without. */
  function writePackage(name: string, code: string, compiled = true): void {
    const place = join(folder, 'node_modules', '@tensorflow', name);
    mkdirSync(join(place, 'lib', 'napi-v8'), { recursive: true });
    writeFileSync(join(place, 'package.json'), JSON.stringify({ name: `@tensorflow/${name}`, main: 'main.js' }));
    writeFileSync(join(place, 'main.js'), code);
    if (compiled) writeFileSync(join(place, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
  }

  /** What it takes, and why, in a fresh process. */
  async function taken(): Promise<readonly string[]> {
    const program = `import { useBackend } from './lib/backend.ts';
      const { package: name, text } = await useBackend();
      console.log(name + '\\n' + text);`;
    writeFileSync(join(folder, 'main.ts'), program);
    const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    const { stdout } = await run(process.execPath, [tsx, 'main.ts'], { cwd: folder });
    return stdout.trim().split('\n');
  }

  it('takes tfjs-node-gpu first', async () => {
    writePackage('tfjs-node-gpu', working);
    writePackage('tfjs-node', broken);
    assert.deepEqual(await taken(), [
      '@tensorflow/tfjs-node-gpu',
      'TensorFlow.js 4.22.0 computes in native TensorFlow on the GPU',
    ]);
  });

  it('takes tfjs-node where tfjs-node-gpu does not load, and says why', async () => {
    writePackage('tfjs-node-gpu', broken);
    writePackage('tfjs-node', working);
    assert.deepEqual(await taken(), [
      '@tensorflow/tfjs-node',
      'TensorFlow.js 4.22.0 computes in native TensorFlow on the GPU (@tensorflow/tfjs-node-gpu does not load (libcudart.so.12: cannot open shared object file))',
    ]);
  });

  it('takes WebAssembly where neither is complete, and says why for each', async () => {
    writePackage('tfjs-node-gpu', working, false);
    writePackage('tfjs-node', '');
    linkPackage('tfjs-backend-wasm');
    assert.deepEqual(await taken(), [
      '@tensorflow/tfjs-backend-wasm',
      'TensorFlow.js 4.22.0 computes in WebAssembly, with SIMD, in one thread (not native: @tensorflow/tfjs-node-gpu has no compiled part, @tensorflow/tfjs-node registers no backend)',
    ]);
  });

  it('computes in plain JavaScript where there is nothing else', async () => {
    assert.deepEqual(await taken(), [
      '@tensorflow/tfjs',
      'TensorFlow.js 4.22.0 computes in plain JavaScript (not native: @tensorflow/tfjs-node-gpu is not installed, @tensorflow/tfjs-node is not installed; not wasm: @tensorflow/tfjs-backend-wasm is not installed)',
    ]);
  });
});
