// npm run coverage: which lines no test reaches. Counts of several processes are added up by the address of a file, and the kernel
// compiles the library in its own way: what V8 has no source map for is left out, or places would be mixed up.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../course/tools.js';

/** What V8 writes when a process ends. */
interface Counts {
  readonly result: readonly { readonly url: string }[];
  readonly 'source-map-cache'?: Readonly<Record<string, unknown>>;
}

const folder = join(root, 'coverage', 'tmp');

function run(program: string, args: readonly string[], env = process.env): number | null {
  const file = join(root, 'node_modules', program);
  return spawnSync(process.execPath, [file, ...args], { cwd: root, env, stdio: 'inherit' }).status;
}

function withoutUnmapped(counts: Counts): Counts {
  const maps = counts['source-map-cache'] ?? {};
  return { ...counts, result: counts.result.filter(({ url }) => !url.endsWith('.ts') || url in maps) };
}

rmSync(folder, { recursive: true, force: true });
const status = run('mocha/bin/mocha.js', ['tests/**/*.test.ts'], { ...process.env, NODE_V8_COVERAGE: folder });
for (const name of readdirSync(folder)) {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(withoutUnmapped(JSON.parse(readFileSync(file, 'utf8')) as Counts)));
}
run('c8/bin/c8.js', ['report']);
process.exitCode = status ?? 1;
