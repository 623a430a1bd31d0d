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
  const lines = output.trimEnd().split('\n').filter(Boolean).slice(-12);
  const said = lines.map((line) => `  | ${line}`);
  return [...said, message, ...(help ? [`  ${help}`] : [])].join('\n');
}
