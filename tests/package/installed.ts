// npm run test:package: packs netlens and uses it as its users do, in an empty project: with the Node that runs this and those that
// NODES names (paths, separated as in PATH), with the compiler, and in a browser bundle. Installs from npm: about a minute.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../course/tools.js';
import { openWindow } from '../browser/browser.js';
import { describeInBrowser } from '../browser/in-browser.js';

const run = promisify(execFile);
const nodes = [process.execPath, ...(process.env['NODES'] ?? '').split(delimiter).filter((path) => path !== '')];
const peers = ['@tensorflow/tfjs@4.22.0', 'vite@8.3.8', 'typescript@5.9.3'];

const compute = `
const model = createMlp({ inputs: 2, hidden: [3], outputs: 1, activation: 'tanh', outputActivation: 'linear', seed: 1 });
const slopes: number[] = Array.from(gradient(model, tf.tensor2d([[0.3, -1]])).dataSync());
const square = denseStack(2, [{ weights: [1, 1], biases: [0], activation: 'exp' }, { weights: [2], biases: [0] }]);
const text: string = JSON.stringify([slopes.map((slope) => slope.toFixed(4)), Array.from(hessian(square, [0, 0]))]);
`;
const imports = `import * as tf from '@tensorflow/tfjs';
import { createMlp, gradient } from 'netlens';
import { denseStack, hessian } from 'netlens/dense';`;
const requires = `const tf = require('@tensorflow/tfjs');
const { createMlp, gradient } = require('netlens');
const { denseStack, hessian } = require('netlens/dense');`;
const wanted = '[["0.2394","0.5949"],[2,2,2,2]]';
const untyped = compute.replace(/: (number\[\]|string)/g, '');
const page =
  '<!doctype html><html lang="en"><title>page</title><pre></pre><script type="module" src="./page.js"></script></html>';

describe('netlens, installed from its package', function () {
  this.timeout(300_000);
  let project: string;
  const inProject = (program: string, args: readonly string[]) => run(program, args, { cwd: project });
  const write = (name: string, text: string) => writeFile(join(project, name), text);
  before(async () => {
    project = await mkdtemp(join(tmpdir(), 'netlens-package-'));
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', project], { cwd: root });
    await write('package.json', '{ "private": true, "type": "module" }');
    await inProject('npm', ['install', '--ignore-scripts', './netlens-0.1.0.tgz', ...peers]);
    await write('module.mjs', `${imports}${untyped}console.log(text);`);
    await write('common.cjs', `${requires}${untyped}console.log(text);`);
    await write(
      'typed.ts',
      `${imports}${compute}// @ts-expect-error a number is wanted\ndenseStack('2', []);\nexport { text };`,
    );
    await write('page.js', `${imports}${untyped}document.querySelector('pre').textContent = text;`);
    await write('index.html', page);
  });
  after(() => rm(project, { recursive: true }));

  it('is as large as the README says', async () => {
    const [, said] = /is (\d+) kB to download/.exec(await readFile(join(root, 'README.md'), 'utf8')) ?? [];
    const { size } = await stat(join(project, 'netlens-0.1.0.tgz'));
    assert.ok(Math.abs(size / 1000 - Number(said)) < 5, `${size} bytes`);
  });

  for (const node of nodes) {
    it(`is imported, required and run as a command by ${node}`, async () => {
      for (const file of ['module.mjs', 'common.cjs'])
        assert.equal((await inProject(node, [file])).stdout.trim().split('\n').at(-1), wanted, file);
      const { stdout } = await inProject(node, ['node_modules/netlens/dist/command/main.js', '--version']);
      assert.equal(stdout.trim(), '0.1.0');
    });
  }

  for (const [moduleResolution, module] of [
    ['bundler', 'esnext'],
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
  ]) {
    it(`has types, with moduleResolution ${moduleResolution}`, async () => {
      // The typings of TensorFlow.js 4.22 do not hold by themselves.
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'es2022',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: [],
      };
      await write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
      await inProject(process.execPath, ['node_modules/typescript/bin/tsc']);
    });
  }

  it('is bundled by Vite without a word about Node, which refuses what needs Node', async () => {
    const { stderr } = await inProject(process.execPath, ['node_modules/vite/bin/vite.js', 'build']);
    assert.doesNotMatch(stderr, /externalized/);
    await mkdir(join(project, 'other'), { recursive: true });
    await write('other/page.js', "import { saveModel } from 'netlens'; console.log(saveModel);");
    await write('other/index.html', page);
    const refused = inProject(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'other']);
    await assert.rejects(refused, /"saveModel" is not exported by/);
  });

  describeInBrowser('in a browser', (chromium) => {
    it('gives the numbers that it gives in Node', async () => {
      const server = await serve(join(project, 'dist'));
      const window = await openWindow(chromium);
      try {
        await window.page.goto(`http://localhost:${(server.address() as AddressInfo).port}/index.html`);
        await window.page.locator('pre', { hasText: '[' }).waitFor();
        assert.equal(await window.page.locator('pre').textContent(), wanted);
        assert.deepEqual(window.failures, []);
      } finally {
        await window.close();
        server.close();
      }
    });
  });
});

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves the files of a folder. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    readFile(join(folder, path)).then(
      (content) => response.setHeader('content-type', types[extname(path)] ?? 'text/plain').end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}
