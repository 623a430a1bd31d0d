import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../course/tools.js';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const json = (path: string): unknown => JSON.parse(read(path));

interface Container {
  readonly image: string;
  readonly features: Readonly<Record<string, { readonly version: string }>>;
  readonly postCreateCommand: string;
  readonly customizations: { readonly vscode: { readonly extensions: readonly string[] } };
}

const dockerfile = read('Dockerfile');
const container = json('.devcontainer/devcontainer.json') as Container;
const conda = read('environment.yml');
const scripts = Object.keys((json('package.json') as { readonly scripts: object }).scripts);

/** The first group of a pattern, which must be there. */
function found(pattern: RegExp, text: string): string {
  const [, group] = pattern.exec(text) ?? assert.fail(`no ${pattern}`);
  return group ?? '';
}

/** The locked versions of a requirements file, by package; several where they differ between Pythons. */
function locked(file: string): Map<string, Set<string>> {
  const versions = new Map<string, Set<string>>();
  for (const [, name = '', version = ''] of read(file).matchAll(/^([\w.-]+)==(\S+)/gm))
    versions.set(name, (versions.get(name) ?? new Set()).add(version));
  return versions;
}

describe('the other doors', () => {
  it('all bring the same Node, which the course accepts', () => {
    const node = found(/^FROM node:(\d+)\.\d+\.\d+-bookworm-slim AS node$/m, dockerfile);
    assert.equal(found(/^ {2}- nodejs=(\d+) /m, conda), node);
    assert.equal(container.features['ghcr.io/devcontainers/features/node:1']?.version, node);
    const { engines } = json('package.json') as { readonly engines: { readonly node: string } };
    assert.ok(Number(node) >= Number(found(/^>=(\d+)\./, engines.node)));
  });

  it('all bring the same Python', () => {
    const python = found(/^FROM python:(3\.\d+)\.\d+-slim-bookworm$/m, dockerfile);
    assert.equal(found(/^ {2}- python=(\S+) /m, conda), python);
    assert.equal(container.image, `mcr.microsoft.com/devcontainers/python:${python}-bookworm`);
  });

  it('the server of the hub shares its packages with JupyterLab in one version', () => {
    const course = locked('requirements.txt');
    const hub = locked('requirements-hub.txt');
    for (const [name, versions] of hub) if (course.has(name)) assert.deepEqual(versions, course.get(name), name);
    assert.ok(hub.has('jupyterhub') && !course.has('jupyterhub'));
  });

  it('the image is built by a user without rights, from bases with a version, of locked packages', () => {
    const lines = dockerfile.split('\n');
    assert.ok(lines.lastIndexOf('USER 1000') < lines.findIndex((line) => line.includes('npm run setup')));
    assert.equal(lines.filter((line) => line.startsWith('USER ')).at(-1), 'USER 1000');
    assert.match(dockerfile, /pip install .*--require-hashes .*-r requirements-hub\.txt/);
  });

  it('nothing that git ignores gets into the image: neither what this machine has built nor what learners handed in', () => {
    const patterns = read('.dockerignore').split('\n');
    for (const line of ['/.git/', ...read('.gitignore').trim().split('\n')]) {
      const path = line.replace(/^\/|\/$/g, '');
      const isAnywhere = !line.slice(0, -1).includes('/');
      assert.ok(patterns.includes(isAnywhere ? `**/${path}` : path), line);
    }
  });

  it('Binder builds the Dockerfile, which it takes before all else', () => {
    for (const path of ['binder', '.binder']) assert.ok(!existsSync(join(root, path)), `${path} comes before it`);
    for (const path of ['postBuild', 'start', 'apt.txt', 'runtime.txt'])
      assert.ok(!existsSync(join(root, path)), `${path} is never read`);
  });

  it('conda looks into one channel: some of its versions take nodefaults for another', () => {
    assert.match(conda, /^channels:\n {2}- conda-forge\b.*\ndependencies:$/m);
  });

  it("conda's pip installs what is locked, and each line of its file has a reason", () => {
    assert.match(conda, /^ {2}- pip #.*\n {2}- pip:\n {6}- -r requirements\.txt #/m);
    for (const name of ['jupyterlab', 'nbconvert']) assert.equal(locked('requirements.txt').get(name)?.size, 1);
    for (const line of conda.split('\n').filter((each) => /^ +- /.test(each) && !each.endsWith('pip:')))
      assert.match(line, / # \S/);
  });

  it('editors offer commands and extensions that there are', () => {
    const { tasks } = json('.vscode/tasks.json') as { readonly tasks: readonly { readonly script: string }[] };
    for (const { script } of tasks) assert.ok(scripts.includes(script), script);
    const { recommendations } = json('.vscode/extensions.json') as { readonly recommendations: readonly string[] };
    assert.deepEqual(container.customizations.vscode.extensions, recommendations);
  });

  it('old resolvers, such as that of stock tslab, find the same files of the package as new ones', () => {
    const { main, types, exports } = json('package.json') as Entries;
    assert.deepEqual([main, types], [exports['.'].default, exports['.'].types]);
  });
});

interface Entries {
  readonly main: string;
  readonly types: string;
  readonly exports: { readonly '.': { readonly types: string; readonly default: string } };
}
