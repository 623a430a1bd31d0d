// Runs the official conformance suite of Jupyter (jupyter_kernel_test) and reports each of its cases as a test.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Test } from 'mocha';
import { createProject } from './project.js';

interface Case {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

/** What cannot apply to a notebook kernel, with the reason. */
const NOT_FOR_US: Readonly<Record<string, string>> = { test_pager: 'the pager belongs to terminals' };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENVIRONMENT = join(ROOT, '.venv');
const PYTHON = join(ENVIRONMENT, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

describe('The official suite of Jupyter', function () {
  this.timeout(180_000);
  const project = createProject();
  after(() => project.remove());

  before('run pytest', async () => {
    const { cases, log } = await runSuite(project.folder);
    assert.notEqual(cases.length, 0, log);
    for (const { name, outcome, message } of cases) {
      const test = new Test(name, () => assert.equal(outcome, 'passed', message));
      test.pending = outcome === 'skipped' && name in NOT_FOR_US;
      this.addTest(test);
    }
  });
  it('has all its cases', () => {
    const names = this.tests.map(({ title }) => title);
    for (const name of ['test_kernel_info', 'test_history', 'test_recv_iopub_welcome_msg'])
      assert.ok(names.includes(name), name);
    assert.ok(names.length > 13, names.join());
  });
});

/** Runs pytest in `folder` and gives the cases that it reports. */
async function runSuite(folder: string): Promise<{ cases: readonly Case[]; log: string }> {
  const report = join(folder, 'report.xml');
  const file = fileURLToPath(new URL('official/test_kernel.py', import.meta.url));
  const words = ['-m', 'pytest', file, '-q', '-p', 'no:cacheprovider', '--timeout=60', `--junitxml=${report}`];
  const env = { ...process.env, ...kernelPath(folder), PYTHONDONTWRITEBYTECODE: '1' };
  const log = await new Promise<string>((resolve) => {
    execFile(PYTHON, words, { cwd: folder, env, timeout: 150_000 }, (error, out, err) => {
      resolve(`${error?.message ?? ''}\n${out}\n${err}`);
    });
  });
  return { cases: readReport(report), log };
}

/** With `NETLENS_NODE` the suite runs the kernel on another Node: by a kernel specification that comes before the installed one. */
function kernelPath(folder: string): NodeJS.ProcessEnv {
  const node = process.env['NETLENS_NODE'];
  if (!node) return {};
  const installed = readFileSync(join(ENVIRONMENT, 'share/jupyter/kernels/tslab/kernel.json'), 'utf8');
  const specification = JSON.parse(installed) as { argv: string[] };
  const target = join(folder, 'kernels/tslab');
  mkdirSync(target, { recursive: true });
  writeFileSync(
    join(target, 'kernel.json'),
    JSON.stringify({ ...specification, argv: [node, ...specification.argv.slice(1)] }),
  );
  return { JUPYTER_PATH: folder };
}

/** The cases in pytest's JUnit report. */
function readReport(file: string): Case[] {
  let xml = '';
  try {
    xml = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return [...xml.matchAll(/<testcase [^>]*\bname="(\w+)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(
    ([, name = '', body = '']) => {
      const outcome = /<(failure|error)\b/.test(body) ? 'failed' : body.includes('<skipped') ? 'skipped' : 'passed';
      return { name, outcome, message: body };
    },
  );
}
