import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all that it has started use. */
export interface Usage {
  readonly processes: readonly number[];
  /** Of all of them together. */
  readonly threads: number;
  /** In bytes. */
  readonly memory: number;
}

const PAGE = 4096;

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly threads: number;
  readonly memory: number;
}

/** The processes below one, itself included. Empty where the system does not tell (it does on Linux). */
export function usageOf(root: number): Usage {
  const entries = numbers('/proc').flatMap(entry);
  const known = new Set([root]);
  for (let before = 0; before < known.size; ) {
    before = known.size;
    for (const { pid, parent } of entries) if (known.has(parent)) known.add(pid);
  }
  const mine = entries.filter(({ pid }) => known.has(pid));
  const total = (of: 'threads' | 'memory'): number => mine.reduce((sum, each) => sum + each[of], 0);
  return { processes: mine.map(({ pid }) => pid), threads: total('threads'), memory: total('memory') };
}

function numbers(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** A process in /proc; nothing if it has just ended. */
function entry(pid: number): Entry[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [parent, threads, pages] = [fields[1], fields[17], fields[21]].map(Number) as [number, number, number];
    return [{ pid, parent, threads, memory: pages * PAGE }];
  } catch {
    return [];
  }
}
