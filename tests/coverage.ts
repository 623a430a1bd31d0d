// npm run coverage: which lines no test reaches. Counts are added up by the address of a file, and the kernel and others compile
// the library in their own ways: what is not the text that V8 has a source map for is left out, or places would be mixed up.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../course/tools.js';

/** What V8 writes when a process ends. */
interface Counts {
  readonly result: readonly Script[];
  readonly 'source-map-cache'?: Readonly<Record<string, { readonly lineLengths: readonly number[] }>>;
}

/** The first range of the first function is the whole text. */
interface Script {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly { readonly endOffset: number }[] }[];
}

const folder = join(root, 'coverage', 'tmp');

function run(program: string, args: readonly string[], env = process.env): number | null {
  const file = join(root, 'node_modules', program);
  return spawnSync(process.execPath, [file, ...args], { cwd: root, env, stdio: 'inherit' }).status;
}

function withoutUnmapped(counts: Counts): Counts {
  const maps = counts['source-map-cache'] ?? {};
  const isMapped = ({ url, functions }: Script): boolean => {
    const length = maps[url]?.lineLengths.reduce((sum, line) => sum + line + 1, -1);
    return length === functions[0]?.ranges[0]?.endOffset;
  };
  return { ...counts, result: counts.result.filter((script) => !script.url.endsWith('.ts') || isMapped(script)) };
}

rmSync(folder, { recursive: true, force: true });
const status = run('mocha/bin/mocha.js', ['tests/**/*.test.ts'], { ...process.env, NODE_V8_COVERAGE: folder });
for (const name of readdirSync(folder)) {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(withoutUnmapped(JSON.parse(readFileSync(file, 'utf8')) as Counts)));
}
run('c8/bin/c8.js', ['report']);
process.exitCode = status ?? 1;
