import temml from 'temml';

const INNERMOST = /<(?<name>m\w+)\b(?<attributes>[^>]*)>(?<content>[^<]*)<\/\k<name>>/;
const [OPEN, CLOSE] = ['\u0001', '\u0002']; // around an element that is text already
const LOW = alphabet('0123456789+−=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');
const HIGH = alphabet('0123456789+−=()abcdefghijklmnoprstuvwxyz', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ');
const ACCENTS = alphabet('‾ˆ˙', '\u0304\u0302\u0307');
const UNSEEN = '\u2061'; // between a function and its argument

type Write = (parts: readonly string[], attributes: string) => string;

/** How the elements of MathML are written, from the parts that they hold; of others the parts follow each other. */
const WRITE: Readonly<Record<string, Write>> = {
  menclose: ([content = '']) => `${content}${ACCENTS.get('‾')}`,
  mfrac: ([above = '', below = '']) => ` ${grouped(above)}/${grouped(below)} `,
  mi: ([name = '']) => (name.length > 1 ? ` ${name}` : name),
  mo: ([sign = ''], attributes) => operator(sign, attributes),
  mover: ([base = '', above = '']) => `${base}${ACCENTS.get(above) ?? raised(above)}`,
  mspace: (_, attributes) => (attributes === '' ? '' : ' '),
  msqrt: ([content = '']) => `√${grouped(content)}`,
  msub: ([base = '', below = '']) => `${base}${lowered(below)}`,
  msubsup: ([base = '', below = '', above = '']) => `${base}${lowered(below)}${raised(above)}`,
  msup: ([base = '', above = '']) => `${base}${raised(above)}`,
  munder: ([base = '', below = '']) => `${base}${lowered(below)} `,
  munderover: ([base = '', below = '', above = '']) => `${base}${lowered(below)}${raised(above)} `,
};

/**
 * A formula in TeX as a line of text: `\frac{\partial f}{\partial x_i}` becomes `∂f/∂xᵢ`.
 *
 * @throws Error if it cannot be read as TeX.
 */
export function formulaText(tex: string): string {
  let rest = temml.renderToString(tex, { throwOnError: true });
  for (let element = INNERMOST.exec(rest); element; element = INNERMOST.exec(rest)) {
    const { name = '', attributes = '', content = '' } = element.groups!;
    const parts = content.split(CLOSE).map((part) => part.replace(OPEN, ''));
    const text = WRITE[name]?.(parts, attributes) ?? parts.join('');
    rest = rest.replace(element[0], () => `${OPEN}${text}${CLOSE}`);
  }
  return tidy(rest.replaceAll(OPEN, '').replaceAll(CLOSE, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
}

function operator(sign: string, attributes: string): string {
  if (sign === UNSEEN) return '';
  if (sign === ',') return ', ';
  const isClose = ACCENTS.has(sign) || '()[]{}|!∑'.includes(sign) || attributes.includes('form="prefix"');
  return isClose ? sign : ` ${sign} `;
}

function lowered(text: string): string {
  return small(text, { letters: LOW, mark: '_' });
}

function raised(text: string): string {
  return small(text, { letters: HIGH, mark: '^' });
}

function small(text: string, { letters, mark }: { letters: ReadonlyMap<string, string>; mark: string }): string {
  const characters = [...text.replace(/\s+/g, '')];
  if (characters.every((character) => letters.has(character))) return characters.map((c) => letters.get(c)!).join('');
  return characters.length === 1 ? `${mark}${characters[0]}` : `${mark}(${characters.join('')})`;
}

function grouped(text: string): string {
  const line = tidy(text);
  return /[\s/]/.test(line) ? `(${line})` : line;
}

function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/(?<=[([{]) | (?=[)\]},])/g, '')
    .trim();
}

function alphabet(from: string, to: string): ReadonlyMap<string, string> {
  const targets = [...to];
  return new Map([...from].map((character, at) => [character, targets[at]!]));
}
