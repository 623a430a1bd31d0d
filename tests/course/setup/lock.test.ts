import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../course/tools.js';

const lockModule = pathToFileURL(join(root, 'course', 'setup', 'lock.mjs')).href;

// Each process notes when it comes in and goes out; the note-book shows whether they were alone.
const visit = `
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const { withLock } = await import(process.argv[1]);
const [, , lock, notes] = process.argv;
await withLock(lock, async () => {
  appendFileSync(notes, 'in ' + process.pid + '\\n');
  await sleep(60);
  appendFileSync(notes, 'out ' + process.pid + '\\n');
}, () => {});
`;

describe('the lock of set-up', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlens-lock-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Lets processes go for the lock at once and gives what they noted. */
  async function visits(count: number): Promise<readonly string[]> {
    const [lock, notes] = [join(folder, 'lock'), join(folder, 'notes')];
    const visitors = Array.from({ length: count }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', visit, lockModule, lock, notes]);
      assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
    });
    await Promise.all(visitors);
    assert.ok(!existsSync(lock));
    return readFileSync(notes, 'utf8').trim().split('\n');
  }

  function assertAlone(notes: readonly string[], count: number): void {
    assert.equal(notes.length, 2 * count);
    for (let i = 0; i < notes.length; i += 2) assert.equal(notes[i + 1], notes[i]?.replace('in', 'out'));
  }

  it('lets one process in at a time', async () => {
    assertAlone(await visits(5), 5);
  });

  it('is taken over from a dead owner by one of those who wait, not by all', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.on('close', resolve));
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: dead.pid, host: hostname(), token: 'gone' }));
    assertAlone(await visits(5), 5);
  });
});
