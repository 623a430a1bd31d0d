// npm run kernels: compiles lib/dense/assembly into lib/dense/binary; with --check only says whether that is up to date.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './tools.js';

/** What the kernels are compiled for, and AssemblyScript's names of these numbers. */
const REALS = { float64: 'f64', float32: 'f32' } as const;

export type Precision = keyof typeof REALS;

/** The compiled kernels of one precision: the same sources and compiler give the same bytes. */
export function compileKernels(precision: Precision): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'netlens-kernels-'));
  try {
    const file = join(folder, 'kernels.wasm');
    // AssemblyScript's types declare a global console of their own, so its command is run instead of imported.
    const command = join(root, 'node_modules/assemblyscript/bin/asc.js');
    const options = ['--use', `real=${REALS[precision]}`, '-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd'];
    const memory = ['--enable', 'bulk-memory', '--importMemory', '--initialMemory', '1', '--zeroFilledMemory'];
    const cwd = join(root, 'lib/dense/assembly');
    execFileSync(process.execPath, [command, 'index.ts', ...options, ...memory, '--outFile', file], { cwd });
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The module that holds them: text, so that it can be imported everywhere, a browser included. */
export function binaryModule(precision: Precision, binary: Uint8Array): string {
  const text = Buffer.from(binary).toString('base64');
  return `/** The kernels for ${precision}, WebAssembly in base64, written by npm run kernels. */\nexport const ${precision}: string =\n  '${text}';\n`;
}

/** Where that module stands. */
export function binaryFile(precision: Precision): string {
  return join(root, `lib/dense/binary/${precision}.ts`);
}

function writeKernels(check: boolean): void {
  mkdirSync(join(root, 'lib/dense/binary'), { recursive: true });
  for (const precision of ['float64', 'float32'] as const) {
    const binary = compileKernels(precision);
    const text = binaryModule(precision, binary);
    const stale = check && readFileSync(binaryFile(precision), 'utf8') !== text;
    if (stale) process.exitCode = 1;
    if (!check) writeFileSync(binaryFile(precision), text);
    console.log(`${precision}: ${stale ? 'is stale: run npm run kernels' : `${binary.length} bytes`}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeKernels(process.argv.includes('--check'));
