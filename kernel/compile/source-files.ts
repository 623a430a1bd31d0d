// Which files of the project were edited. They are looked at before each compilation instead of being watched: what a cell
// sees does not depend on when a notification arrives.
import type ts from 'typescript';
import type { TypeScript } from './internals.js';
import type { CellFiles } from './program.js';
import { stamp } from './stamp.js';

interface Watched {
  readonly notify: ts.FileWatcherCallback;
  stamp: string;
}

export type SourceFiles = ReturnType<typeof createSourceFiles>;

export function createSourceFiles(ts: TypeScript, { cell, previous }: CellFiles) {
  const watched = new Map<string, Watched>();
  return {
    /** Stands in for a file watcher. */
    watch(file: string, notify: ts.FileWatcherCallback): ts.FileWatcher {
      const virtual = file === cell || file === previous;
      if (!virtual && !file.includes('/node_modules/')) watched.set(file, { notify, stamp: stamp(file) });
      return { close: () => {} };
    },
    /** Tells TypeScript which files were edited since the last time; returns whether any was. */
    refresh(): boolean {
      let edited = false;
      for (const [file, entry] of watched) {
        const now = stamp(file);
        if (now === entry.stamp) continue;
        edited = true;
        entry.stamp = now;
        entry.notify(file, now === '' ? ts.FileWatcherEventKind.Deleted : ts.FileWatcherEventKind.Changed);
      }
      return edited;
    },
  };
}
