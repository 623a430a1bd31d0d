// @ts-check
import { readFileSync } from 'node:fs';

const ASKING = new Set(['--help', '-h']);

/**
 * Answers `--help` with the comment at the head of a command's file, and ends the process.
 *
 * @param {string} file the command's file, `import.meta.filename`
 */
export function answerHelp(file) {
  if (!process.argv.slice(2).some((argument) => ASKING.has(argument))) return;
  console.log(headOf(file));
  process.exit(0);
}

/**
 * The same for a command that takes these arguments only, or none: it ends with any other, too.
 *
 * @param {string} file
 * @param {readonly string[]} allowed
 */
export function takeOnly(file, ...allowed) {
  answerHelp(file);
  const unknown = process.argv.slice(2).find((argument) => !allowed.includes(argument));
  if (unknown === undefined) return;
  const command = /^npm run [\w:]*\w/.exec(headOf(file))?.[0];
  console.error(`${command} takes ${allowed.join(', ') || 'no arguments'}, got ${unknown}`);
  process.exit(2);
}

/** @param {string} file */
function headOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const begin = lines.findIndex((line) => line.startsWith('// npm '));
  const end = lines.findIndex((line, index) => index > begin && !line.startsWith('// '));
  return lines
    .slice(begin, end)
    .map((line) => line.slice('// '.length))
    .join('\n');
}
