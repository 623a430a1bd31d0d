type ErrorKind = new (message: string) => Error;

/**
 * Throws `<requirement>, got <value>` unless the condition holds.
 *
 * @param holds - the condition.
 * @param requirement - `<function> needs <requirement>`.
 * @param got - the value that was given instead; `{ words }` says in words what is wrong with it.
 * @param Kind - RangeError for values and shapes (default), TypeError for a wrong kind, Error for the state of the world.
 * @throws Kind if the condition does not hold.
 */
export function need(holds: boolean, requirement: string, got: unknown, Kind: ErrorKind = RangeError): asserts holds {
  if (!holds) throw new Kind(`${requirement}, got ${shown(got)}`);
}

/**
 * Throws a TypeError unless options are given in an object: of a number or a list in its place nothing would be read.
 *
 * @param owner - the function that takes them.
 * @param what - what they are called.
 */
export function needOptions(owner: string, options: unknown, what = 'options'): void {
  const isObject = typeof options === 'object' && options !== null;
  const isGood = isObject && !Array.isArray(options) && !ArrayBuffer.isView(options);
  if (!isGood) need(false, `${owner} needs ${what} in an object`, options, TypeError);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (isWords(value)) return value.words;
  if (typeof value === 'object' && value !== null) return Object.prototype.toString.call(value);
  return Object.is(value, -0) ? '-0' : String(value);
}

function isWords(value: unknown): value is { readonly words: string } {
  return typeof value === 'object' && value !== null && 'words' in value && typeof value.words === 'string';
}
