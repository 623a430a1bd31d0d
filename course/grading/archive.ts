import { unzipSync } from 'fflate';

/** A file in a zip. */
interface Entry {
  readonly name: string;
  /** Unpacked, in bytes, as the archive says. */
  readonly size: number;
  /** Undefined if it is larger than what is unpacked. */
  readonly bytes: Uint8Array | undefined;
}

/**
 * The files in a zip, unpacked in memory: nothing is written anywhere, whatever their names say.
 *
 * @throws Error if it is no zip, or does not hold what it says.
 */
export function readArchive(zip: Uint8Array, mostBytes: number): readonly Entry[] {
  const sizes = new Map<string, number>();
  const files = unzipSync(zip, {
    filter: ({ name, originalSize }) => {
      sizes.set(name, originalSize);
      return name.endsWith('.ipynb') && originalSize <= mostBytes;
    },
  });
  return [...sizes].map(([name, size]) => ({ name, size, bytes: files[name] }));
}
