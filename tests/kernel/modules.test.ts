// What cells can import: the library by name and by path, its edits, packages of every kind, data.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { notebook } from './notebook.js';
import { createProject } from './project.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const SAMPLE: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'sample',
    type: 'module',
    exports: { '.': { source: './lib/index.ts', default: './dist/index.js' } },
  }),
  'lib/index.ts': `
    export { area } from './area.js';
    export { count, increment } from './counter.js';
    export * as more from './more.js';`,
  'lib/area.ts': `
    import { half } from './half.js';
    /** The area of a triangle. */
    export const area = (base: number, height: number): number => half(base * height);`,
  'lib/half.ts': 'export const half = (x: number): number => x / 2;',
  'lib/counter.ts': 'export let count = 0; export function increment(): number { count += 1; return count; }',
  'lib/more.ts': `
    export enum Unit { Metre = 'm' }
    export default class Shape { #sides = 3; get sides(): number { return this.#sides; } }`,
  'lib/place.ts': 'export const { url, filename, dirname } = import.meta;',
  'lib/late.ts': `
    let sum = 0;
    for await (const x of [1, Promise.resolve(2)]) sum += x;
    export const total = sum + (await Promise.resolve(10));`,
  'lib/lazy.ts': "export const load = async (): Promise<number> => (await import('./half.js')).half(8);",
  'lib/side.ts':
    '(globalThis as { loads?: number }).loads = ((globalThis as { loads?: number }).loads ?? 0) + 1; export type T = number;',
  'lib/ring-a.ts': "import { b } from './ring-b.js'; export const a = 'a'; export const both = (): string => a + b;",
  'lib/ring-b.ts': "import { a } from './ring-a.js'; export const b = 'b'; export const again = (): string => b + a;",
  'lib/plain.js': "export const plain = 'JavaScript';",
  'lib/data.json': '{ "rows": [1, 2, 3], "name": "data" }',
  'lib/marked.json': '\uFEFF{ "name": "with a byte order mark" }',
  'lib/broken.json': '{ "rows": [1, 2, }',
  'notebooks/deep/er/.keep': '',
  'node_modules/esm-package/package.json':
    '{ "name": "esm-package", "type": "module", "exports": "./index.js", "types": "./index.d.ts" }',
  'node_modules/esm-package/index.js':
    "export let state = 0; export const bump = () => { state += 1; }; export default await Promise.resolve('default');",
  'node_modules/esm-package/index.d.ts':
    'export let state: number; export declare const bump: () => void; declare const value: string; export default value;',
  'node_modules/cjs-package/package.json': '{ "name": "cjs-package", "main": "index.js" }',
  'node_modules/cjs-package/index.js':
    "const key = 'computed'; module.exports = { named: 1, [key]: 2, where: __dirname };",
  'node_modules/cjs-package/index.d.ts':
    'declare const all: { named: number; computed: number; where: string }; export = all;',
  'node_modules/old-package/package.json': '{ "name": "old-package", "main": "index.js" }',
  'node_modules/old-package/index.js':
    "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = () => 'default'; exports.named = 'named';",
  'node_modules/old-package/index.d.ts': 'export default function (): string; export declare const named: string;',
};

describe('Modules of a project', () => {
  const project = createProject(SAMPLE);
  after(() => project.remove());
  const { run, value, fails } = notebook({ cwd: project.path('notebooks') });

  it('are imported by path, relative to the notebook', async () => {
    assert.equal(await value("import { area } from '../lib/index.js'; area(3, 4)"), '6');
    assert.equal(await value("import { half } from '../lib/half.ts'; half(3)"), '1.5');
    assert.equal(await value("import { plain } from '../lib/plain.js'; plain"), "'JavaScript'");
  });

  it("are imported by the project's name, and are the same ones", async () => {
    await run(
      "import * as byName from 'sample'; import * as byPath from '../lib/index.js'; import * as byFolder from '../lib';",
    );
    assert.equal(await value('byName.area === byPath.area && byPath.area === byFolder.area'), 'true');
  });

  it('are the same ones through a link to their folder', async () => {
    symlinkSync(project.path('lib'), project.path('linked'));
    await run(
      "import { increment as one } from '../lib/counter.js'; import { increment as other } from '../linked/counter.js';",
    );
    assert.equal(await value('one === other'), 'true');
  });

  it('export enums, classes, defaults and namespaces', async () => {
    await run("import { more } from 'sample'; import Shape, { Unit } from '../lib/more.js';");
    assert.equal(
      await value('[new Shape().sides, Unit.Metre, more.Unit === Unit, more.default === Shape]'),
      "[ 3, 'm', true, true ]",
    );
  });

  it('have live bindings', async () => {
    await run(
      "import { count, increment as add } from '../lib/counter.js'; const look = () => count; const start = count;",
    );
    assert.equal(await value('add(); count - start'), '1');
    assert.equal(await value('add(); [count - start, look() - start, ((c = count) => c)() - start]'), '[ 2, 2, 2 ]');
    assert.equal(await value('({ count }).count === count && String(count) === String(look())'), 'true');
    assert.match((await fails('count = 5;')).evalue, /^TS2632/);
  });

  it('know where they are', async () => {
    await run("import * as place from '../lib/place.js';");
    assert.equal(await value('place.filename'), `'${project.path('lib', 'place.ts')}'`);
    assert.equal(await value('place.dirname'), `'${project.path('lib')}'`);
    assert.equal(
      await value("place.url.startsWith('file:///') && new URL(place.url).pathname.endsWith('/lib/place.ts')"),
      'true',
    );
  });

  it('may await at their top level', async () => {
    assert.equal(await value("import { total } from '../lib/late.js'; total"), '13');
  });

  it('may import each other in a ring', async () => {
    assert.equal(
      await value(
        "import { both } from '../lib/ring-a.js'; import { again } from '../lib/ring-b.js'; both() + again()",
      ),
      "'abba'",
    );
  });

  it('are imported dynamically, by cells and by each other', async () => {
    assert.equal(await value("const { half: halve } = await import('../lib/half.js'); halve(4)"), '2');
    assert.equal(
      await value(
        "const where: string = '../lib/' + 'half.js'; ((await import(where)) as { half(x: number): number }).half(6)",
      ),
      '3',
    );
    assert.equal(await value("import { load } from '../lib/lazy.js'; await load()"), '4');
  });

  it('are loaded once, and not for a type', async () => {
    await run("import type { T } from '../lib/side.js'; const t: T = 1;");
    assert.equal(await value('typeof (globalThis as { loads?: number }).loads'), "'undefined'");
    await run("import '../lib/side.js';");
    await run("import '../lib/side.js'; await import('../lib/side.js');");
    assert.equal(await value('(globalThis as { loads?: number }).loads'), '1');
  });

  it('give JSON', async () => {
    assert.equal(await value("import data from '../lib/data.json'; data.rows.length"), '3');
    assert.equal(await value("import again from '../lib/data.json' with { type: 'json' }; again.name"), "'data'");
    assert.match((await fails('data.missing')).evalue, /^TS2339/);
    assert.equal(await value("import marked from '../lib/marked.json'; marked.name"), "'with a byte order mark'");
  });

  it('name a file of JSON that is none', async () => {
    const { ename, evalue } = await fails("import broken from '../lib/broken.json';");
    assert.equal(ename, 'SyntaxError');
    assert.match(evalue, /lib.broken\.json: Unexpected token/);
  });

  it('that are missing are named', async () => {
    assert.match((await fails("import { x } from '../lib/missing.js';")).evalue, /^TS2307.*missing\.js/);
    assert.match((await fails("import { x } from 'missing-package';")).evalue, /^TS2307.*missing-package/);
    assert.match((await fails("import { missing } from '../lib/half.js';")).evalue, /^TS2305.*missing/);
    assert.match((await fails("const name: string = '../lib/missing.js'; await import(name)")).evalue, /missing\.js/);
  });

  describe('of packages', () => {
    it('are ES modules, with top-level await and live bindings', async () => {
      await run("import value, { state, bump } from 'esm-package'; import * as all from 'esm-package';");
      assert.equal(await value('bump(); [value, state, all.state]'), "[ 'default', 1, 1 ]");
    });

    it('are CommonJS', async () => {
      await run("import common, { named, computed } from 'cjs-package'; import * as allOfIt from 'cjs-package';");
      assert.equal(await value('[common.named, named, computed, allOfIt.computed]'), '[ 1, 1, 2, 2 ]');
      assert.equal(await value("(require('cjs-package') as typeof common) === common"), 'true');
    });

    it('are CommonJS made from ES modules', async () => {
      assert.equal(
        await value("import old, { named as oldName } from 'old-package'; old() + oldName"),
        "'defaultnamed'",
      );
    });

    it('are built into Node, with and without prefix', async () => {
      await run("import fs from 'node:fs'; import * as sameFs from 'fs'; import { readFileSync } from 'fs';");
      assert.equal(await value('fs.readFileSync === readFileSync && sameFs.readFileSync === readFileSync'), 'true');
    });
  });

  it('a cell knows where the notebook is', async () => {
    assert.equal(await value('process.cwd()'), `'${project.path('notebooks')}'`);
    assert.equal(await value('import.meta.dirname'), `'${project.path('notebooks')}'`);
    assert.equal(
      await value("new URL('../lib/data.json', import.meta.url).pathname.endsWith('lib/data.json')"),
      'true',
    );
    assert.equal(await value("(await import('node:fs')).existsSync('../lib/data.json')"), 'true');
  });
});

describe('Edits of a module', () => {
  const project = createProject(SAMPLE);
  after(() => project.remove());
  const { run, value, fails } = notebook({ cwd: project.path('notebooks', 'deep', 'er') });

  it('are seen by the next import, without a build', async () => {
    assert.equal(await value("import { half } from '../../../lib/half.js'; half(2)"), '1');
    project.write({ 'lib/half.ts': "export const half = (x: number): string => 'half of ' + x;" });
    assert.equal(await value("import { half } from '../../../lib/half.js'; half(2)"), "'half of 2'");
  });

  it('are seen in a module that the imported one needs', async () => {
    project.write({ 'lib/half.ts': 'export const half = (x: number): number => x / 2;' });
    assert.equal(await value("import { area } from 'sample'; area(3, 4)"), '6');
    project.write({ 'lib/half.ts': 'export const half = (x: number): number => x / 20;' });
    assert.equal(await value("import { area } from 'sample'; area(3, 4)"), '0.6');
    assert.equal(await value("(await import('sample')).area(30, 4)"), '6');
  });

  it('leave alone what does not need the edited module', async () => {
    await run("import { increment } from '../../../lib/counter.js'; const before = increment();");
    project.write({ 'lib/half.ts': 'export const half = (x: number): number => x / 2; // again' });
    assert.equal(
      await value(
        "import { area } from 'sample'; import { increment } from '../../../lib/counter.js'; increment() - before",
      ),
      '1',
    );
  });

  it('may add a file', async () => {
    assert.match((await fails("import { added } from '../../../lib/added.js';")).evalue, /^TS2307/);
    project.write({ 'lib/added.ts': 'export const added = 5;' });
    assert.equal(await value("import { added } from '../../../lib/added.js'; added"), '5');
  });

  it('that break a type are shown with file and line, until they are mended', async () => {
    project.write({ 'lib/area.ts': '\nexport const area: number = "text";' });
    const { evalue, traceback } = await fails("import { area } from 'sample';");
    assert.match(evalue, /^TS2322/);
    assert.match(traceback.join('\n'), /lib\/area\.ts, line 2[\s\S]*export const area: number = "text"/);
    project.write({ 'lib/area.ts': 'export const area = (a: number, b: number): number => a * b;' });
    assert.equal(await value("import { area } from 'sample'; area(3, 4)"), '12');
  });

  it('that break loading are shown with file and line, until they are mended', async () => {
    project.write({ 'lib/half.ts': "\n\nthrow new RangeError('not today'); export const half = 1;" });
    const { ename, evalue, traceback } = await fails("import { half } from '../../../lib/half.js';");
    assert.deepEqual([ename, evalue], ['RangeError', 'not today']);
    assert.match(traceback.join('\n'), /lib\/half\.ts:3:/);
    project.write({ 'lib/half.ts': 'export const half = (x: number): number => x / 4;' });
    assert.equal(await value("import { half } from '../../../lib/half.js'; half(4)"), '1');
  });
});

describe('netlens in its own notebooks', () => {
  const { run, value } = notebook({ cwd: `${ROOT}/notebooks` });

  it('is imported by name and by path, as one instance', async () => {
    const code = "import { numpyRandom } from 'netlens'; import { numpyRandom as same } from '../lib/index.js';";
    await run(code, { seconds: 55 }); // where set-up has not checked the library ahead
    assert.equal(await value('numpyRandom === same'), 'true');
    assert.equal(await value('typeof numpyRandom(1).uniform'), "'function'");
  });
});

describe('In a folder outside of any project', () => {
  const outside = createProject({ 'work.ipynb': '' });
  after(() => outside.remove());
  const { run, value, fails } = notebook({ cwd: outside.folder });

  it('netlens and its packages are imported by name, with their types', async () => {
    await run("import { numpyRandom } from 'netlens'; import { mean } from 'simple-statistics';", { seconds: 60 });
    assert.equal(await value('[typeof numpyRandom(1).uniform, mean([1, 3])]'), "[ 'function', 2 ]");
    assert.match((await fails("numpyRandom('seed')")).evalue, /^TS2345/);
  });

  it('netlens, danfojs-node and cells use one TensorFlow.js', async () => {
    await run(
      "import * as tf from '@tensorflow/tfjs'; import * as dfd from 'danfojs-node'; import * as netlens from 'netlens';",
      { seconds: 60 },
    );
    assert.equal(await value('dfd.tensorflow.Tensor === tf.Tensor && dfd.tensorflow.engine() === tf.engine()'), 'true');
    assert.equal(await value('new dfd.DataFrame({ a: [1, 2] }).tensor instanceof tf.Tensor'), 'true');
    assert.equal(
      await value(
        "netlens.createMlp({ inputs: 2, hidden: [2], outputs: 1, activation: 'tanh', outputActivation: 'sigmoid', seed: 1 }) instanceof tf.LayersModel",
      ),
      'true',
    );
  });
});
