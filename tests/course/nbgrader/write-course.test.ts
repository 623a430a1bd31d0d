import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNbgraderCourse } from '../../../course/nbgrader/write-course.js';
import { root } from '../../../course/tools.js';

describe('writeNbgraderCourse', () => {
  let folder: string;
  const written = async (): Promise<string[]> => {
    const files: string[] = [];
    for await (const file of writeNbgraderCourse(folder, [])) files.push(file);
    return files;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlens-nbgrader-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes a configuration that knows where netlens is', async () => {
    const file = join(folder, 'nbgrader_config.py');
    assert.deepEqual(await written(), [file]);
    assert.ok(readFileSync(file, 'utf8').includes(`\nPROJECT = ${JSON.stringify(root)}\n`));
  });

  it('leaves the configuration of a teacher as it is', async () => {
    const file = join(folder, 'nbgrader_config.py');
    writeFileSync(file, 'c = get_config()\n');
    assert.deepEqual(await written(), []);
    assert.equal(readFileSync(file, 'utf8'), 'c = get_config()\n');
  });
});
