import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { readAll } from '../../../course/grading/class.js';
import { collect } from '../../../course/grading/collect.js';
import type { Collection } from '../../../course/grading/found.js';
import { answered, handIn, powers, SQUARE } from './powers.js';

const zip = (...names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8('{}')])));
const found = ({ handedIn }: Collection) => handedIn.map(({ student, file }) => `${student}: ${file}`);
const reasons = ({ refused }: Collection) => refused.map(({ file, reason }) => `${file}: ${reason}`);

describe('collect', () => {
  const folders: string[] = [];
  const folder = (files: Parameters<typeof handIn>[0]): string => {
    folders.push(handIn(files));
    return folders.at(-1)!;
  };
  after(() => {
    for (const each of folders) rmSync(each, { recursive: true });
  });

  it('takes <student>.ipynb and <student>/<notebook>.ipynb, and nothing else', async () => {
    const path = folder({
      'ann.ipynb': '{}',
      'ben/00-powers.ipynb': '{}',
      'cid.IPYNB': '{}',
      'dan/00-powers.ipynb.txt': '{}', // as a browser may save it
      'ben/notes.txt': '',
      'ben/._00-powers.ipynb': '\0\x05\x16\x07', // macOS has left it
      'ben/.ipynb_checkpoints/00-powers-checkpoint.ipynb': '{}',
    });
    assert.deepEqual(found(await collect(path)), [
      'ann: ann.ipynb',
      'ben: ben/00-powers.ipynb',
      'cid: cid.IPYNB',
      'dan: dan/00-powers.ipynb.txt',
    ]);
  });

  it('writes a name in the same way, whichever way a system has written it', async () => {
    const path = folder({ 'Zoe\u0308 O’Neil/x.ipynb': '{}' });
    assert.deepEqual(found(await collect(path)), ['Zo\u00eb O’Neil: Zoe\u0308 O’Neil/x.ipynb']);
  });

  it('takes a zip as a learning platform makes it, alone or in a folder', async () => {
    const moodle = zip(
      'Ann Lee_123_assignsubmission_file_/00-powers.ipynb',
      'Ben_4_assignsubmission_file_00-powers.ipynb',
    );
    const path = folder({ 'class.zip': moodle });
    const files = ['Ann Lee_123_assignsubmission_file_/00-powers.ipynb', 'Ben_4_assignsubmission_file_00-powers.ipynb'];
    assert.deepEqual(found(await collect(path)), [`Ann Lee: class.zip/${files[0]}`, `Ben: class.zip/${files[1]}`]);
    assert.deepEqual(found(await collect(join(path, 'class.zip'))), [`Ann Lee: ${files[0]}`, `Ben: ${files[1]}`]);
  });

  it('takes a zip that names its folders as Windows does', async () => {
    const collected = await collect(folder({ 'class.zip': zip('Ann\\00-powers.ipynb', 'Ben\\work\\00-powers.ipynb') }));
    assert.deepEqual(found(collected), [
      'Ann: class.zip/Ann\\00-powers.ipynb',
      'Ben: class.zip/Ben\\work\\00-powers.ipynb',
    ]);
  });

  it('refuses paths that lead out of a zip, and takes its other files', async () => {
    const bad = [
      '../up.ipynb',
      'a/../../up.ipynb',
      '/etc/abs.ipynb',
      'C:/disk.ipynb',
      'a\\..\\win.ipynb',
      '\\\\host\\x.ipynb',
    ];
    const collected = await collect(folder({ 'class.zip': zip(...bad, 'ann.ipynb') }));
    assert.deepEqual(found(collected), ['ann: class.zip/ann.ipynb']);
    assert.equal(collected.refused.length, bad.length);
    for (const { reason } of collected.refused) assert.match(reason, /leads out/);
  });

  it('refuses a zip that is none, or is cut off', async () => {
    const whole = zip('ann.ipynb');
    const collected = await collect(folder({ 'a.zip': 'no zip', 'b.zip': whole.slice(0, 40) }));
    assert.deepEqual(found(collected), []);
    for (const { reason } of collected.refused) assert.match(reason, /cannot be unpacked/);
    assert.equal(collected.refused.length, 2);
  });

  it('says that it does not look into a zip in a zip', async () => {
    const collected = await collect(folder({ 'class.zip': zip('Ann_1_assignsubmission_file_/work.zip') }));
    assert.deepEqual(reasons(collected), [
      'class.zip/Ann_1_assignsubmission_file_/work.zip: it is a zip in a zip: unpack it',
    ]);
    assert.equal(collected.refused[0]!.student, 'Ann');
  });

  it('gives what a zip in the folder of a student holds to that student, whatever the names in it say', async () => {
    const path = folder({
      'ben/work.ZIP': zip('ann/00-powers.ipynb'),
      'Cid_4_assignsubmission_file_work.zip': zip('ann.ipynb', 'inner.zip'),
    });
    const collected = await collect(path);
    assert.deepEqual(found(collected), [
      'Cid: Cid_4_assignsubmission_file_work.zip/ann.ipynb',
      'ben: ben/work.ZIP/ann/00-powers.ipynb',
    ]);
    assert.equal(collected.refused[0]!.student, 'Cid');
  });

  it('finds the notebooks in a whole course that a student has handed in, and not those of programs', async () => {
    const programs = ['netlens/node_modules/x/y.ipynb', 'netlens/.venv/lib/z.ipynb', 'a/b/c/d/e/f.ipynb'];
    const path = folder({
      'ann/work.zip': zip('netlens/notebooks/00-powers.ipynb', ...programs),
      'ben/node_modules/x/y.ipynb': '{}',
      'ben/notebooks/00-powers.ipynb': '{}',
      'cid/work.zip': zip(...Array.from({ length: 101 }, (_, n) => `${n}.ipynb`)),
    });
    const collected = await collect(path);
    assert.deepEqual(found(collected), [
      'ann: ann/work.zip/netlens/notebooks/00-powers.ipynb',
      'ben: ben/notebooks/00-powers.ipynb',
    ]);
    assert.deepEqual(reasons(collected), ['cid/work.zip: it holds 101 notebooks, more than 100']);
  });

  it('names students who have handed in something, but no notebook', async () => {
    const path = folder({
      'ann/00-powers.ipynb': '{}',
      'ann/notes.txt': '',
      'ben/00-powers.py': '',
      'cid.pdf': '',
      'dan/.ipynb_checkpoints/00-powers-checkpoint.ipynb': '{}',
      'eve/a/b/c/d/e/00-powers.ipynb': '{}',
      'fay.zip': zipSync({}),
      'class.zip': zip('Gil_1_assignsubmission_onlinetext_/onlinetext.html'),
      '.config/x': '',
    });
    mkdirSync(join(path, 'hal'));
    const { handedIn, refused } = await collect(path);
    assert.deepEqual(
      handedIn.map(({ student }) => student),
      ['ann'],
    );
    for (const { reason } of refused) assert.equal(reason, 'there is no notebook');
    const names = refused.map(({ student }) => student).toSorted();
    assert.deepEqual(names, ['Gil', 'ben', 'cid.pdf', 'dan', 'eve', 'fay', 'hal']);
  });

  it('does not wait for a pipe that is called like a notebook', async () => {
    const path = folder({ 'ann.ipynb': '{}' });
    spawnSync('sh', ['-c', 'mkfifo ben.ipynb'], { cwd: path });
    assert.deepEqual(reasons(await collect(path)), ['ben.ipynb: it is no file']);
  });

  it('takes the files of a zip of which others are broken', async () => {
    const broken = zip('ann.ipynb', 'ben.ipynb');
    broken.fill(0xff, 39, 41); // what ann's file holds, after its head of 30 bytes and its name
    const { handedIn, refused } = await collect(folder({ 'class.zip': broken }));
    assert.deepEqual(refused, []);
    await assert.rejects(handedIn[0]!.read(), /invalid/);
    assert.equal(new TextDecoder().decode(await handedIn[1]!.read()), '{}');
  });

  it('does not unpack large files of a zip that it may not need', async () => {
    const large = new Uint8Array(20 * 2 ** 20);
    const bomb = zipSync({ 'ann.ipynb': large, 'ben.ipynb': large, 'cid.ipynb': large }, { level: 1 });
    const path = folder({ 'bomb.zip': bomb });
    const before = process.memoryUsage().arrayBuffers;
    assert.equal((await collect(path)).handedIn.length, 3);
    assert.ok(process.memoryUsage().arrayBuffers - before < large.length);
  });

  it('refuses a notebook of 200 MB without reading it, also one that a zip would unpack', async () => {
    const path = folder({ 'ann.ipynb': '', 'bomb.zip': zipSync({ 'ben.ipynb': new Uint8Array(30 * 2 ** 20) }) });
    truncateSync(join(path, 'ann.ipynb'), 200 * 2 ** 20);
    assert.deepEqual(reasons(await collect(path)), [
      'ann.ipynb: it has 200 MB, more than 20',
      'bomb.zip/ben.ipynb: it has 30 MB, more than 20',
    ]);
  });

  it('does not follow links, neither of files nor of folders', async () => {
    const path = folder({ 'ann.ipynb': '{}' });
    const elsewhere = mkdtempSync(join(tmpdir(), 'netlens-elsewhere-'));
    folders.push(elsewhere);
    mkdirSync(join(elsewhere, 'in'));
    writeFileSync(join(elsewhere, 'in', 'secret.ipynb'), '{}');
    symlinkSync(join(elsewhere, 'in', 'secret.ipynb'), join(path, 'ben.ipynb'));
    symlinkSync(join(elsewhere, 'in'), join(path, 'cid'));
    const collected = await collect(path);
    assert.deepEqual(found(collected), ['ann: ann.ipynb']);
    assert.deepEqual(reasons(collected), ['ben.ipynb: it is a link', 'cid: it is a link']);
  });

  it('names files whose names an old zip has broken, and reads the others', async () => {
    const path = folder({ 'ann.ipynb': '{}' });
    for (const name of ['M\xfcller.ipynb', 'M\xfcller'])
      writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name, 'latin1')]), '{}');
    const collected = await collect(path);
    assert.deepEqual(found(collected), ['ann: ann.ipynb']);
    for (const { reason } of collected.refused) assert.equal(reason, 'its name is not UTF-8: rename it');
  });

  it('follows the link that a teacher names', async () => {
    const path = folder({ 'real/ann.ipynb': '{}' });
    symlinkSync(join(path, 'real'), join(path, 'link'));
    assert.deepEqual(found(await collect(join(path, 'link'))), ['ann: ann.ipynb']);
  });

  it('names a folder that may not be read, and reads the others', async () => {
    const path = folder({ 'ann/x.ipynb': '{}', 'ben/x.ipynb': '{}' });
    chmodSync(path, 0o755);
    chmodSync(join(path, 'ann'), 0);
    const user = process.geteuid?.();
    if (user === 0) process.seteuid?.('nobody'); // root may read everything
    const collected = await collect(path).finally(() => user === 0 && process.seteuid?.(0));
    chmodSync(join(path, 'ann'), 0o700);
    assert.deepEqual(found(collected), ['ben: ben/x.ipynb']);
    assert.match(collected.refused[0]!.reason, /^EACCES/);
  });

  it('says what is wrong with a folder that is not there', async () => {
    await assert.rejects(collect('/no/such/folder'), /a folder or a zip of submissions, got \/no\/such\/folder/);
    await assert.rejects(collect(folder({})), /needs submissions, got none in /);
  });
});

describe('readAll', () => {
  it('takes none of two submissions of a student for the same notebook, and says so', async () => {
    const path = handIn({ 'ann.ipynb': answered(SQUARE), 'ann/00-powers.ipynb': answered(), 'ben.ipynb': answered() });
    const { submissions, refused } = await readAll(path, [powers]);
    rmSync(path, { recursive: true });
    assert.deepEqual(
      submissions.map(({ handedIn }) => handedIn.student),
      ['ben'],
    );
    assert.equal(refused.length, 2);
    for (const { reason } of refused) assert.match(reason, /several submissions of ann for 00-powers/);
  });

  it('takes no notebook for a student: of a path that names none nobody gets the mark', async () => {
    const files = ['00-powers.ipynb', '00-powers/ann.ipynb'];
    const path = handIn(Object.fromEntries([...files, 'ben/00-powers.ipynb'].map((file) => [file, answered(SQUARE)])));
    const { submissions, refused } = await readAll(path, [powers]);
    rmSync(path, { recursive: true });
    assert.equal(submissions.length, 1);
    assert.deepEqual(
      refused.map(({ file }) => file),
      files,
    );
    for (const { reason } of refused) assert.match(reason, /names no student/);
  });
});
