import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import ts from 'typescript';
import { lineChart } from '../../lib/plot/line-chart.js';
import { isDrawing, render } from '../../lib/plot/renderer.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const line = lineChart({ title: 'Fall', xAxis: 'epoch', yAxis: 'loss', series: [{ name: 'loss', y: [3, 2, 1] }] });

/** The thread that the next figure is sent to. */
function nextThread(): Promise<Worker> {
  const { postMessage } = Worker.prototype;
  return new Promise((resolve) => {
    Worker.prototype.postMessage = function (this: Worker, value: unknown) {
      Worker.prototype.postMessage = postMessage;
      postMessage.call(this, value);
      resolve(this);
    };
  });
}

/** The files of the library that draw, and what they use, as they are published, with a program that uses it; run by plain Node. */
async function runBuilt(folder: string, program: string): Promise<string> {
  const lib = join(root, 'lib');
  const files = [...readdirSync(join(lib, 'plot')).map((name) => `plot/${name}`), ...readdirSync(lib)].filter((name) =>
    name.endsWith('.ts'),
  );
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  ts.sys.createDirectory(join(folder, 'plot'));
  for (const file of files) {
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(readFileSync(join(lib, file), 'utf8'), { compilerOptions: options });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), outputText);
  }
  writeFileSync(join(folder, 'program.js'), program);
  return (await run(process.execPath, [join(folder, 'program.js')])).stdout.trim();
}

const program = `
  import { lineChart } from './plot/line-chart.js';
  const line = lineChart({ title: 'Fall', xAxis: 'x', yAxis: 'y', series: [{ name: 'y', y: [1, 2] }] });
  const bundle = await line[Symbol.for('Jupyter.display')]();
  console.log(JSON.stringify({ types: Object.keys(bundle), text: bundle['text/plain'], alt: line.alt }));
`;

describe('the thread that draws', () => {
  it('is busy only while it draws', async () => {
    const picture = render(line, 'svg');
    assert.equal(isDrawing(), true);
    await picture;
    assert.equal(isDrawing(), false);
  });

  it('is replaced once when it dies, and draws what it left undone', async () => {
    const thread = nextThread();
    const picture = render(line, 'png');
    await (await thread).terminate();
    assert.ok((await picture).length > 1000);
  });

  it('is not replaced for ever', async () => {
    const first = nextThread();
    const picture = assert.rejects(render(line, 'png'), /the figure could not be drawn: the drawing thread ended/);
    const worker = await first;
    const second = nextThread();
    await worker.terminate();
    await (await second).terminate();
    await picture;
    assert.ok((await render(line, 'png')).length > 1000);
  });

  it('refuses what cannot be sent to it, and goes on', async () => {
    const layout = { ...line.layout, onClick: () => {} };
    await assert.rejects(render({ data: line.data, layout }, 'png'), { name: 'DataCloneError' });
    assert.equal(isDrawing(), false);
  });

  it('does not keep a program alive that draws nothing', async () => {
    const code = `globalThis.__notebook = {}; await import('./lib/plot/renderer.ts'); console.log('end');`;
    const options = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const { stdout } = await run(process.execPath, options, { cwd: root, timeout: 30_000 });
    assert.equal(stdout.trim(), 'end');
  });
});

describe('the drawing library as it is published', () => {
  const folders: string[] = [];
  const folderIn = (place: string): string => {
    folders.push(mkdtempSync(join(place, 'netlens-plot-')));
    return folders.at(-1)!;
  };
  after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  it('draws where its packages are installed', async () => {
    const { types } = JSON.parse(await runBuilt(folderIn(join(root, 'node_modules')), program));
    assert.deepEqual(types, ['application/vnd.plotly.v1+json', 'image/png', 'text/plain']);
  });

  it('gives the graph and the words where they are not, and says what to install', async () => {
    const { types, text, alt } = JSON.parse(await runBuilt(folderIn(tmpdir()), program));
    assert.deepEqual(types, ['application/vnd.plotly.v1+json', 'text/plain']);
    assert.ok(text.startsWith(alt));
    assert.match(text, /no picture without jsdom: npm install plotly\.js-cartesian-dist-min jsdom /);
  });
});
