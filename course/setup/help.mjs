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
 * The same for a command that takes no arguments: it ends with any other, too.
 *
 * @param {string} file
 */
export function takeNoArguments(file) {
  answerHelp(file);
  const [argument] = process.argv.slice(2);
  if (argument === undefined) return;
  console.error(`${headOf(file).split(':')[0]} takes no arguments, got ${argument}`);
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
