import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as netlens from 'netlens';
import * as dense from 'netlens/dense';
import { docExamples, exampleModule, pageExamples, promises } from './examples.js';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'build/examples');

describe('the documentation', () => {
  const documented = docExamples(join(root, 'lib'), root);
  const pages = ['README.md', 'docs/from-python.md'].flatMap((page) => pageExamples(join(root, page), root));
  const examples = [...documented, ...pages];
  const homes = [
    { entry: 'netlens/dense', folder: join('lib', 'dense', ''), exports: dense },
    { entry: 'netlens', folder: '', exports: netlens },
  ];

  before(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  });

  for (const { entry, folder: home, exports } of homes) {
    it(`has an example for every function exported by ${entry}`, () => {
      const names = Object.entries(exports).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
      const near = documented.filter(({ place }) => place.startsWith(home));
      const missing = names.filter((name) => !near.some(({ code }) => new RegExp(`\\b${name}\\b`).test(code)));
      assert.deepEqual(missing, []);
    });
  }

  examples.forEach((example, index) => {
    it(`${example.place} holds (${promises(example)} promises)`, async () => {
      const file = join(folder, `${index}.ts`);
      const { entry, exports } = homes.find((home) => example.place.startsWith(home.folder))!;
      const code = exampleModule(example, { entry, names: Object.keys(exports) });
      assert.equal(
        code.match(/check(Close|Equal)\(await/g)?.length ?? 0,
        promises(example),
        'every promise stands behind an expression',
      );
      writeFileSync(file, code);
      await import(file);
    });
  });
});
