import { unzipSync } from 'fflate';

/** A file in a zip. */
export interface Entry {
  readonly name: string;
  /** Unpacked, in bytes, as the archive says. */
  readonly size: number;
  /**
   * Unpacks it.
   *
   * @throws Error if it does not hold what the archive says.
   */
  readonly read: () => Uint8Array;
}

/**
 * The files in a zip. Nothing is written anywhere, whatever their names say, and each is unpacked alone: one that is broken
 * spoils no other, and many large ones are never in memory together.
 *
 * @throws Error if it is no zip.
 */
export function readArchive(zip: Uint8Array): readonly Entry[] {
  const entries: Entry[] = [];
  unzipSync(zip, {
    filter: ({ name, originalSize: size }) => {
      entries.push({ name, size, read: () => unpacked(zip, { name, size }) });
      return false;
    },
  });
  return entries;
}

function unpacked(zip: Uint8Array, { name, size }: Pick<Entry, 'name' | 'size'>): Uint8Array {
  return unzipSync(zip, { filter: (each) => each.name === name && each.originalSize === size })[name]!;
}
