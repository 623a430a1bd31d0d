import type { Source } from '../source.js';

/** What the first cell of a notebook promises. */
export interface Head {
  readonly name: string;
  readonly question: string;
  /** As Markdown. */
  readonly learn: string;
  readonly minutes: number;
  /** The names of the notebooks that come first. */
  readonly needs: readonly string[];
}

const HEAD =
  /^# (?<question>.+)\n[\s\S]*?(?<learn>\*\*You will learn\*\*[\s\S]+?)\n\n\*\*Time\*\* (?<minutes>\d+) minutes · \*\*Needs\*\* (?<needs>[^·\n]+)/;

/**
 * Reads the head of a notebook: its question, what one learns, how long it takes and what it needs.
 *
 * @throws Error naming the notebook if something of that is missing.
 */
export function headOf({ name, cells }: Source): Head {
  const groups = HEAD.exec(cells[0]?.text ?? '')?.groups;
  if (!groups) {
    throw new Error(
      `site needs a first cell with a question, You will learn, Time and Needs, got another (exercises/${name}.ts)`,
    );
  }
  return {
    name,
    question: groups['question']!,
    learn: groups['learn']!,
    minutes: Number(groups['minutes']),
    needs: [...groups['needs']!.matchAll(/`([^`]+)`/g)].map(([, need]) => need!),
  };
}
