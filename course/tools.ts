import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The folder of the project. */
export const root: string = join(import.meta.dirname, '..');

const programs = join(root, '.venv', process.platform === 'win32' ? 'Scripts' : 'bin');
const run = promisify(execFile);

/**
 * Runs a program of the project's Python environment and gives what it writes to standard output.
 *
 * @throws Error with the program's own words when it fails, or with the line that sets it up when it is missing.
 */
export async function runTool(program: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  try {
    const { stdout } = await run(join(programs, program), args, {
      cwd: root,
      maxBuffer: 1 << 28,
      ...(signal && { signal }),
    });
    return stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string };
    if (code === 'ENOENT')
      throw new Error(`runTool needs ${program} in the Python environment, got none: run npm run setup`);
    throw new Error(`${program} ${args.join(' ')} failed:\n${stderr || error}`);
  }
}
