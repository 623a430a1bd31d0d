// What a folder of submissions, or a zip in it, is found to hold.

/** A notebook that was handed in, not read yet. */
export interface HandedIn {
  readonly student: string;
  /** Its path below the folder; of a notebook in an archive `archive.zip/path`. */
  readonly file: string;
  readonly read: () => Promise<Uint8Array>;
}

/** Something that was handed in and is not even looked into, and why. */
export interface Refusal {
  readonly student: string;
  readonly file: string;
  readonly reason: string;
}

/** What a folder of submissions holds. */
export interface Collection {
  readonly handedIn: readonly HandedIn[];
  readonly refused: readonly Refusal[];
}

/** What is found at one place. */
export interface Found extends Collection {
  /** What is no notebook: it is named where a student has nothing else. */
  readonly others: readonly Omit<Refusal, 'reason'>[];
}

/** The largest notebook that is read, in bytes. */
export const MOST_BYTES: number = 20 * 2 ** 20;
/** The deepest that a notebook may lie, in names. */
export const DEEPEST = 5;
const IGNORED = new Set([
  ...['.ipynb_checkpoints', '__MACOSX', '.DS_Store', 'Thumbs.db', 'desktop.ini'],
  ...['node_modules', '.venv', '.git'], // of a course that was handed in as a whole
]);
/** The name of a zip. */
export const ZIP = /\.zip$/i;
/** What Moodle adds to the name of a student. */
export const MOODLE = /_\d+_assignsubmission_.*$/;
/** The name of a notebook. */
export const NOTEBOOK = /\.ipynb(\.json|\.txt)?$/i; // browsers add the second ending
export const NOTHING: Found = { handedIn: [], refused: [], others: [] };

/** All of some parts, in order. */
export function joined(parts: readonly Found[]): Found {
  return {
    handedIn: parts.flatMap(({ handedIn }) => handedIn).toSorted(byFile),
    refused: parts.flatMap(({ refused }) => refused),
    others: parts.flatMap(({ others }) => others),
  };
}

/** The order of a report. */
export function byFile(a: { readonly file: string }, b: { readonly file: string }): number {
  return a.file < b.file ? -1 : 1;
}

/** That something cannot be taken. */
export function refusal(names: readonly string[], reason: string, file = names.join('/')): Found {
  return { ...NOTHING, refused: [{ student: studentOf(names), file, reason }] };
}

/** That something is no notebook. What has a dot in front of its name is of a program, not of a person. */
export function other(names: readonly string[], file = names.join('/')): Found {
  return names.some((name) => name.startsWith('.'))
    ? NOTHING
    : { ...NOTHING, others: [{ student: studentOf(names), file }] };
}

/** What systems and programs leave beside the files of people; macOS begins its names with `._`. */
export function isIgnored(name: string): boolean {
  return IGNORED.has(name) || name.startsWith('._');
}

/** The reason why something so large is not read. */
export function tooLarge(size: number): string {
  return `it has ${Math.ceil(size / 2 ** 20)} MB, more than ${MOST_BYTES / 2 ** 20}`;
}

/** Whose it is: the first part of the path, without what Moodle adds to the name. */
export function studentOf(names: readonly string[]): string {
  const [first = ''] = names;
  const name = first.replace(MOODLE, '').replace(NOTEBOOK, '').replace(ZIP, '');
  return name.normalize('NFC') || '(no name)';
}
