// npm run kernels: compiles the assembly folders of lib into the binary folders beside them; with --check only says whether that is up to date.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeOnly } from './setup/help.mjs';
import { root } from './tools.js';

/** What is compiled: the folder, its file that exports the kernels, and AssemblyScript's name of the numbers that they are compiled for. */
const BINARIES = {
  float64: { folder: 'lib/dense', entry: 'index.ts', real: 'f64' },
  float32: { folder: 'lib/dense', entry: 'index.ts', real: 'f32' },
  training: { folder: 'lib/dense', entry: 'training.ts', real: 'f32' },
  lorenz96: { folder: 'lib/lorenz96', entry: 'index.ts', real: 'f64' },
} as const;

export type Binary = keyof typeof BINARIES;

/** Compiled kernels: the same sources and compiler give the same bytes. */
export function compileKernels(binary: Binary): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'netlens-kernels-'));
  try {
    const file = join(folder, 'kernels.wasm');
    // AssemblyScript's types declare a global console of their own, so its command is run instead of imported.
    const command = join(root, 'node_modules/assemblyscript/bin/asc.js');
    const { folder: part, entry, real } = BINARIES[binary];
    const options = ['--use', `real=${real}`, '-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd'];
    const memory = ['--enable', 'bulk-memory', '--importMemory', '--initialMemory', '1', '--zeroFilledMemory'];
    const cwd = join(root, part, 'assembly');
    execFileSync(process.execPath, [command, entry, ...options, ...memory, '--outFile', file], { cwd });
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The module that holds them: text, so that it can be imported everywhere, a browser included. */
export function binaryModule(binary: Binary, bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64');
  return `/** The kernels for ${binary}, WebAssembly in base64, written by npm run kernels. */\nexport const ${binary}: string =\n  '${text}';\n`;
}

/** Where that module stands. */
export function binaryFile(binary: Binary): string {
  return join(root, BINARIES[binary].folder, `binary/${binary}.ts`);
}

function writeKernels(check: boolean): void {
  for (const binary of Object.keys(BINARIES) as Binary[]) {
    const bytes = compileKernels(binary);
    const text = binaryModule(binary, bytes);
    const stale = check && readFileSync(binaryFile(binary), 'utf8') !== text;
    if (stale) process.exitCode = 1;
    if (!check) mkdirSync(dirname(binaryFile(binary)), { recursive: true });
    if (!check) writeFileSync(binaryFile(binary), text);
    console.log(`${binary}: ${stale ? 'is stale: run npm run kernels' : `${bytes.length} bytes`}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  takeOnly(import.meta.filename, '--check');
  writeKernels(process.argv.includes('--check'));
}
