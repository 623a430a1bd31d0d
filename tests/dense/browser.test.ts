import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import vm from 'node:vm';
import * as dense from 'netlens/dense';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const entry = join(root, 'lib/dense/index.ts');

type Dense = typeof dense;

const scripts = new Map<string, string>();

function script(file: string): string {
  const known = scripts.get(file);
  if (known !== undefined) return known;
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions });
  scripts.set(file, outputText);
  return outputText;
}

/** Runs a module and what it imports among `globals` and the names of the language alone, and says which files that took. */
function runAmong(globals: object): { exports: Dense; files: readonly string[] } {
  const context = vm.createContext(globals);
  const loaded = new Map<string, object>();
  const load = (file: string): object => {
    const known = loaded.get(file);
    if (known) return known;
    const exports = {};
    loaded.set(file, exports);
    const run = vm.runInContext(`(function (exports, require) {${script(file)}\n})`, context, { filename: file });
    run(exports, (name: string) => {
      assert.match(name, /^\.\.?\//, `${file} imports ${name}`);
      return load(join(dirname(file), name.replace(/\.js$/, '.ts')));
    });
    return exports;
  };
  return { exports: load(entry) as Dense, files: [...loaded.keys()] };
}

const layers = [
  { weights: [1, -2, 0.5, 3], biases: [0.1, 0], activation: 'tanh' },
  { weights: [1, 2], biases: [0], activation: 'gelu' },
] as const;
const x = [0.3, -1, 2, 0.5];

describe('netlens/dense in a browser', () => {
  it('imports no package and nothing of Node, and three small files of the library', () => {
    const { files } = runAmong({ atob });
    const names = files.map((file) => relative(root, file).replaceAll('\\', '/'));
    assert.deepEqual(
      names.filter((name) => !name.startsWith('lib/dense/')),
      ['lib/need.ts', 'lib/webassembly.ts', 'lib/transposed.ts'],
    );
  });

  it('needs no name but those of the language, WebAssembly and atob', () => {
    const { exports } = runAmong({ atob });
    const found = exports.derivatives(exports.denseStack(2, layers), x, { order: 3 });
    const wanted = dense.derivatives(dense.denseStack(2, layers), x, { order: 3 });
    assert.deepEqual(JSON.stringify(found), JSON.stringify(wanted));
  });

  it('gives the same bits where there is no WebAssembly', () => {
    const { exports } = runAmong({ WebAssembly: undefined });
    const found = exports.derivatives(exports.denseStack(2, layers), x, { order: 3 });
    const wanted = dense.derivatives(dense.denseStack(2, layers), x, { order: 3 });
    assert.deepEqual(JSON.stringify(found), JSON.stringify(wanted));
  });
});
