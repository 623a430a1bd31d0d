import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as netlens from 'netlens';
import ts from 'typescript';
import * as browser from '../../lib/browser.js';

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
}

interface Pack {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

function pack(): Pack {
  const options = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const text = execFileSync('npm', options, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  return (JSON.parse(text) as readonly Pack[])[0]!;
}

/** The files that the manifest leads users to; conditions for the sources are ours. */
function targets(entry: unknown): readonly string[] {
  if (typeof entry === 'string') return [entry.replace(/^\.\//, '')];
  return Object.entries(entry as object).flatMap(([condition, value]) =>
    condition === 'source' ? [] : targets(value),
  );
}

/** What a built module imports, directly or not, that is no file of the library. */
function packagesOf(file: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(file)) return new Set();
  seen.add(file);
  const names = ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles.map(({ fileName }) => fileName);
  const own = names.filter((name) => name.startsWith('.'));
  const further = own.map((name) => packagesOf(join(dirname(file), name), seen));
  return new Set([...names.filter((name) => !name.startsWith('.')), ...further.flatMap((each) => [...each])]);
}

describe('the package', () => {
  const { size, unpackedSize, files } = pack();
  const paths = files.map(({ path }) => path);

  it('holds the built library with its types, and nothing else', () => {
    const others = paths.filter((path) => !/^dist\/.*\.(js|d\.ts)$/.test(path));
    assert.deepEqual(others.sort(), ['LICENSE', 'README.md', 'package.json']);
    const stale = paths.filter((path) => path.startsWith('dist/') && !existsSync(join(root, sourceOf(path))));
    assert.deepEqual(stale, [], 'built from sources that are gone: remove dist and run npm run setup');
  });

  it('is as small as the README says', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, packed, unpacked] = /(\d+) kB to download, ([\d.]+) MB on disk/.exec(readme)!;
    assert.ok(Math.abs(size / 1e3 - Number(packed)) < 0.05 * Number(packed), `${size / 1e3} kB`);
    assert.ok(Math.abs(unpackedSize / 1e6 - Number(unpacked)) < 0.1 * Number(unpacked), `${unpackedSize / 1e6} MB`);
  });

  it('has everything that its manifest leads to', () => {
    const wanted = [...Object.values(manifest.exports).flatMap(targets), ...Object.values(manifest.bin)];
    assert.ok(wanted.length > 6);
    assert.deepEqual(
      wanted.filter((path) => !paths.includes(path)),
      [],
    );
  });

  it('runs nothing when it is installed', () => {
    const atInstall = ['preinstall', 'install', 'postinstall', 'prepare'];
    assert.deepEqual(
      Object.keys(manifest.scripts).filter((name) => atInstall.includes(name)),
      [],
    );
  });

  it('takes the TensorFlow.js of its user, and needs no other package beside it', () => {
    assert.ok(!Object.keys(manifest.dependencies).some((name) => name.startsWith('@tensorflow/')));
    const { peerDependencies, peerDependenciesMeta } = manifest;
    const needed = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
    assert.deepEqual(needed, ['@tensorflow/tfjs']);
  });

  it('leads browsers to what needs nothing of Node', () => {
    const found = [...packagesOf(join(root, 'dist/browser.js'))].sort();
    assert.deepEqual(found, ['@tensorflow/tfjs', 'ml-matrix']);
    const all = new Map<string, unknown>(Object.entries(netlens));
    for (const [name, value] of Object.entries(browser)) assert.equal(all.get(name), value, name);
  });
});

function sourceOf(built: string): string {
  return built.replace(/^dist\//, 'lib/').replace(/(\.d\.ts|\.js)$/, '.ts');
}
