// @ts-check

/** What keeps set-up from going on: one sentence, the line that helps, and the last words of the tool that failed. */
export class Failure extends Error {
  /**
   * @param {string} sentence
   * @param {{ help?: string, output?: string }} [more]
   */
  constructor(sentence, { help = '', output = '' } = {}) {
    super(sentence);
    this.name = 'Failure';
    this.help = help;
    this.output = output;
  }
}

/**
 * A failure as people read it.
 *
 * @param {Failure} failure
 * @returns {string}
 */
export function describeFailure({ message, help, output }) {
  const said = lastWords(output).map((line) => `  | ${line.slice(0, 200)}`);
  return [...said, message, ...(help ? [`  ${help}`] : [])].join('\n');
}

/**
 * The end of what a tool said, without its log of requests unless that is all it said.
 *
 * @param {string} output
 */
function lastWords(output) {
  const lines = [...new Set(output.split('\n'))].filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => !line.startsWith('npm http'));
  return telling.length > 0 ? telling.slice(-12) : lines.slice(-2);
}
