import { lstat, readFile } from 'node:fs/promises';
import { type Entry, readArchive } from './archive.js';
import {
  DEEPEST,
  type Found,
  isIgnored,
  joined,
  MOODLE,
  MOST_BYTES,
  NOTEBOOK,
  NOTHING,
  other,
  refusal,
  studentOf,
  tooLarge,
  ZIP,
} from './found.js';

const MOST_ARCHIVE_BYTES = 2 ** 30;
/** Of one student. */
const MOST_NOTEBOOKS = 100;

/** The files of a zip. It stands at `inside` the folder; at the top it is the learning platform's and names the students. */
export async function fromArchive(path: string, inside: readonly string[]): Promise<Found> {
  const own = inside.length > 0 ? inside : [path.split('/').at(-1)!];
  const owner = inside.length > 1 || MOODLE.test(own[0]!) ? own : undefined;
  const { size } = await lstat(path);
  if (size > MOST_ARCHIVE_BYTES) return refusal(own, tooLarge(size));
  try {
    const entries = readArchive(await readFile(path));
    const place = { label: inside.map((name) => `${name}/`).join(''), owner };
    if (entries.length === 0) return other(own);
    const found = joined(entries.map((entry) => fromEntry(entry, place)));
    const count = found.handedIn.length;
    return owner && count > MOST_NOTEBOOKS
      ? refusal(own, `it holds ${count} notebooks, more than ${MOST_NOTEBOOKS}`)
      : found;
  } catch (error) {
    return refusal(own, `it cannot be unpacked: ${(error as Error).message}`);
  }
}

interface Place {
  /** What stands before the names of files. */
  readonly label: string;
  /** The path that names the student, unless those in the archive do. */
  readonly owner: readonly string[] | undefined;
}

function fromEntry({ name, size, read }: Entry, { label, owner }: Place): Found {
  const names = name.split(/[/\\]/); // some programs on Windows write the latter
  const file = `${label}${name}`;
  const refuse = (reason: string) => refusal(owner ?? names, reason, file);
  if (names.some(isIgnored)) return NOTHING;
  if (ZIP.test(name)) return refuse('it is a zip in a zip: unpack it');
  if (!NOTEBOOK.test(name) || names.length > DEEPEST) return other(owner ?? names, file);
  const isOutside = /^[a-z]:|\0/i.test(name) || names.some((part) => part === '..' || part === '');
  if (isOutside) return refuse('its path leads out of the archive');
  if (size > MOST_BYTES) return refuse(tooLarge(size));
  return { ...NOTHING, handedIn: [{ student: studentOf(owner ?? names), file, read: async () => read() }] };
}
