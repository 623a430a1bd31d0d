// Set-up: in a fresh clone with empty caches, and again when nothing is missing.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../course/tools.js';
import { seconds, summary, table } from './measure.js';

const run = promisify(execFile);

/** What a newcomer waits for, and what everybody waits for at each start. */
export async function setupTable(rounds = 5): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'set-up-'));
  try {
    const clone = join(folder, 'netlens');
    await run('git', ['clone', '--quiet', root, clone]);
    const env = { ...process.env, npm_config_cache: join(folder, 'npm'), PIP_CACHE_DIR: join(folder, 'pip') };
    const setUp = () => run('npm', ['run', '--silent', 'setup'], { cwd: clone, env, maxBuffer: 1 << 26 });
    const cold = await seconds(setUp);
    const warm: number[] = [];
    for (let round = 0; round < rounds; round += 1) warm.push(await seconds(setUp));
    return table(
      ['`npm run setup`', 's'],
      [
        ['a fresh clone, empty caches', summary([cold], 0)],
        ['nothing is missing', summary(warm, 2)],
      ],
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
