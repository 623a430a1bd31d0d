import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { unzipSync } from 'fflate';
import { studentBundle } from '../../course/bundle.js';
import { readCourse } from '../../course/course.js';
import { root } from '../../course/tools.js';

describe('the bundle for students', () => {
  const files = unzipSync(studentBundle());
  const names = Object.keys(files).map((name) => name.replace('netlens-course/', ''));
  const text = (name: string): string => new TextDecoder().decode(files[`netlens-course/${name}`]);

  it('is the same, byte for byte, each time it is made', () => {
    assert.deepEqual(studentBundle(), studentBundle());
  });

  it('unpacks into one folder, with every notebook and its data', async () => {
    assert.ok(Object.keys(files).every((name) => name.startsWith('netlens-course/')));
    for (const { name } of await readCourse()) assert.ok(names.includes(`notebooks/${name}.ipynb`));
    assert.ok(names.includes('data/events.csv'));
  });

  it('has a README all of whose links and commands are there', () => {
    const links = [...text('README.md').matchAll(/\]\(([^):]+)\)/g)].map(([, link]) => link!);
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter((link) => !names.includes(link)),
      [],
    );
    assert.match(text('README.md'), /MIT licence/);
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    assert.deepEqual(
      [...text('README.md').matchAll(/npm run ([\w:]+)/g)]
        .map(([, name]) => name!)
        .filter((name) => !(name in scripts)),
      [],
    );
  });

  it('holds no exercise source, no solution, no probe and no grader', async () => {
    assert.deepEqual(
      names.filter((name) => /^(exercises|bench|course\/grad|tests\/course|build|node_modules|\.venv)/.test(name)),
      [],
    );
    const all = names
      .filter((name) => /\.(ts|mjs|ipynb|md|json)$/.test(name))
      .map(text)
      .join('\n');
    assert.doesNotMatch(all, /\/\/ BEGIN SOLUTION\n|\/\/ %% probe=/);
    for (const { probes } of await readCourse()) for (const probe of probes) assert.ok(!all.includes(probe.text));
  });

  it('has the commands of students only, and all that they run', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    assert.deepEqual(Object.keys(scripts), ['setup', 'start', 'test', 'doctor', 'native']);
    for (const command of Object.values(scripts)) {
      for (const [file] of command.matchAll(/course\/[\w./-]+/g)) assert.ok(names.includes(file), file);
    }
    for (const name of names.filter((each) => each.endsWith('.mjs')))
      for (const [, target = ''] of text(name).matchAll(/ from '(\..+)';$/gm))
        assert.ok(names.includes(posix.join(dirname(name), target)), `${name} imports ${target}`);
  });

  it('compiles after unpacking: nothing that it needs was left behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netlens-bundle-'));
    try {
      for (const [name, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
      }
      const unpacked = join(folder, 'netlens-course');
      symlinkSync(join(root, 'node_modules'), join(unpacked, 'node_modules'));
      const compiler = join(root, 'node_modules/typescript/bin/tsc');
      for (const project of ['lib', 'kernel', 'tests'].filter((each) =>
        existsSync(join(unpacked, each, 'tsconfig.json')),
      ))
        execFileSync(
          process.execPath,
          [compiler, '-p', project, '--noEmit', '--composite', 'false', '--incremental', 'false'],
          {
            cwd: unpacked,
            encoding: 'utf8',
          },
        );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(300_000);
});
