import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as netlens from 'netlens';
import { docExamples, exampleModule, pageExamples, promises } from './examples.js';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'build/examples');

describe('the documentation', () => {
  const documented = docExamples(join(root, 'lib'), root);
  const examples = [...documented, ...pageExamples(join(root, 'README.md'), root)];

  before(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  });

  it('has an example for every exported function', () => {
    const names = Object.entries(netlens).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
    const missing = names.filter((name) => !documented.some(({ code }) => new RegExp(`\\b${name}\\b`).test(code)));
    assert.deepEqual(missing, []);
  });

  examples.forEach((example, index) => {
    it(`${example.place} holds (${promises(example)} promises)`, async () => {
      const file = join(folder, `${index}.ts`);
      const code = exampleModule(example, Object.keys(netlens));
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
