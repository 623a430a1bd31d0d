import { type Bundle, type Displayable, jupyterDisplay } from '../plot/display.js';
import { escaped } from '../table.js';

/** One part of an explanation: what it answers, how to read it, what was found. */
interface Section {
  readonly title: string;
  readonly reading: string;
  readonly found: Displayable | undefined;
}

/** What an explanation shows. */
export interface Shown {
  readonly warnings: readonly string[];
  readonly importance: Displayable;
  readonly jacobian: Displayable;
  readonly sensitivity: Displayable;
  readonly relevance: Displayable | undefined;
  readonly conservation: Displayable | undefined;
  readonly agreement: Displayable;
}

function sections(shown: Shown): readonly Section[] {
  return [
    {
      title: 'Which inputs do the predictions need?',
      reading:
        'How much worse they become once an input is shuffled among the rows. Near zero: the model does without it.',
      found: shown.importance,
    },
    {
      title: 'How do the outputs follow the inputs?',
      reading: 'The mean slope. Slopes of both signs cancel in it: compare with the sensitivity below.',
      found: shown.jacobian,
    },
    {
      title: 'How sensitive are the outputs?',
      reading:
        'The mean size of the slope, times how far the input usually strays: comparable between inputs of different units.',
      found: shown.sensitivity,
    },
    {
      title: 'What did each input contribute?',
      reading:
        'Relevance, handed down from the outputs layer by layer; above zero what spoke for the output, below what spoke against it.',
      found: shown.relevance,
    },
    {
      title: 'Where did relevance go?',
      reading: 'What biases keep and units drop is missing in the map above.',
      found: shown.conservation,
    },
    {
      title: 'Do the methods agree?',
      reading: 'Row by row, and for the mean maps. Where they do not, an answer depends on the method that was asked.',
      found: shown.agreement,
    },
  ];
}

/** An explanation for a notebook, and as text for everywhere else. */
export async function sectionsBundle(shown: Shown, level = 3): Promise<Bundle> {
  const parts = await Promise.all(
    sections(shown).map(async ({ found, ...section }) => ({ ...section, bundle: await found?.[jupyterDisplay]() })),
  );
  const filled = parts.flatMap(({ bundle, ...section }) => (bundle ? [{ ...section, bundle }] : []));
  const html = filled.map(
    ({ title, reading, bundle }) =>
      `<section><h${level}>${escaped(title)}</h${level}><p>${escaped(reading)}</p>${String(bundle['text/html'])}</section>`,
  );
  const text = filled.map(({ title, reading, bundle }) => `${title}\n${reading}\n${String(bundle['text/plain'])}`);
  return {
    'text/html': [warningsAsHtml(shown.warnings, level), ...html].join(''),
    'text/plain': [...shown.warnings.map((warning) => `Mind: ${warning}`), ...text].join('\n\n'),
  };
}

function warningsAsHtml(warnings: readonly string[], level: number): string {
  const title = `<h${level}>Before you believe it</h${level}>`;
  if (warnings.length === 0)
    return `<section>${title}<p>Nothing in the data speaks against these tables.</p></section>`;
  const items = warnings.map((warning) => `<li>${escaped(warning)}</li>`).join('');
  return `<section>${title}<ul>${items}</ul></section>`;
}
