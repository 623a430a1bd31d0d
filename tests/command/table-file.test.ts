import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NumberTable, readNumberTable } from '../../lib/command/table-file.js';

describe('A file of numbers', () => {
  let folder = '';
  const read = async (content: string | Uint8Array): Promise<NumberTable> => {
    await writeFile(join(folder, 'data.csv'), content);
    return readNumberTable(join(folder, 'data.csv'));
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netlens-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('is read as programs write it: byte order mark, other separators, quotes, empty lines, spaces', async () => {
    const wanted = { columns: ['a\nb', 'c'], rows: [[1, -0.5]] };
    for (const text of ['\uFEFF"a\nb",c\n1,-.5', '"a\nb";c\r\n"1";"-0.5"\r\n\r\n', '\n"a\nb"\t c \n\n1\t -5e-1\n'])
      assert.deepEqual(await read(text), wanted, text);
  });

  it('is refused where a row or a name would be lost, or a number guessed', async () => {
    const wrong: readonly (readonly [RegExp, string | Uint8Array])[] = [
      [/needs a number for 'a' in row 2 of .*data\.csv, got ''$/, 'a\n1\n\n3\n'],
      [/needs a name for each column in line 1 of .*, got none for column 1$/, ',a,b\n0,1,2\n1,3,4\n'],
      [/needs a number for 'a' in row 1 of .*, got '0x10'$/, 'a,b\n0x10,1\n'],
      [/needs a number for 'a' in row 1 of .*, got '1,5'$/, 'a;b\n1,5;2\n'],
      [/needs a number for 'b' in row 1 of .*, got '1e999'$/, 'a,b\n1,1e999\n'],
      [/needs every name once in line 1 of .*, got 'a'$/, 'a, a\n1,2\n'],
      [/needs a text in UTF-8 in .*, got something else/, Buffer.from('größe,b\n1,2\n', 'latin1')],
      [/needs a text in UTF-8 in .*, got something else/, Buffer.from('a,b\n1,2\n', 'utf16le')],
    ];
    for (const [reason, content] of wrong) await assert.rejects(read(content), { name: 'Error', message: reason });
  });
});
