#!/usr/bin/env node
// The command `netlens`.
import { readFile } from 'node:fs/promises';
import { explainCommand, HELP } from './arguments.js';

const [name, ...args] = process.argv.slice(2);

if (name === undefined || args.includes('--help') || name === '--help') process.stdout.write(HELP);
else if (name === '--version') process.stdout.write(`${await version()}\n`);
else process.exitCode = await run();

async function run(): Promise<number> {
  try {
    if (name !== 'explain') throw new Error(`netlens needs the command explain, got '${name}' (netlens --help)`);
    const command = explainCommand(args);
    const { writeExplanation } = await import('./write-explanation.js'); // after the arguments are known to be right
    console.log(`Written to ${await writeExplanation(command, console.log)}`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, ' ') : error);
    return 1;
  }
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
