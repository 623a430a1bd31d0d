// What code in cells finds: `__notebook`, `require`, `import { display } from 'tslab'`, and the kernel's own hidden object.
import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { Json } from '../threads.js';
import { createHolds } from './hold.js';
import { importMeta, type Modules } from './modules.js';
import type { Output } from './output.js';
import type { Namespace } from './packages.js';
import { readable } from './readable.js';

/** The one global that compiled cells use; see compile/names.ts. */
export interface Hidden {
  readonly values: Json; // of last expressions, by cell
  readonly import: (specifier: unknown) => Promise<unknown>;
  readonly meta: Json;
  readonly hold: Holds['hold'];
  readonly holdEach: Holds['holdEach'];
  readonly release: Holds['release'];
}
type Holds = ReturnType<typeof createHolds>;

/** Signal of the running cell, and whether it looks at it. */
export interface Stop {
  controller: AbortController;
  watched: boolean;
}

export function installGlobals(cellFile: string, modules: Modules, output: Output) {
  const stop: Stop = { controller: new AbortController(), watched: false };
  const hidden: Hidden = {
    values: {},
    ...createHolds(),
    import: (specifier) => modules.load(String(specifier), cellFile),
    meta: importMeta(path.join(path.dirname(cellFile), 'cell.ts')),
  };
  const notebook = {
    display: output.display,
    clearOutput: output.clear,
    readable,
    get signal() {
      stop.watched = true;
      return stop.controller.signal;
    },
  };
  Object.defineProperty(globalThis, '__kernel', { value: hidden }); // not to be replaced
  define('__notebook', Object.freeze(notebook));
  define('require', requireIn(cellFile, modules.target));
  define('__dirname', path.dirname(cellFile));
  return { hidden, stop };
}

/** `require` of a cell, which finds what `import` finds. */
function requireIn(cellFile: string, target: Modules['target']): NodeJS.Require {
  const own = createRequire(cellFile);
  const find = (specifier: string): unknown => {
    const found = target(specifier, cellFile);
    const elsewhere = found.kind === 'package' && found.from !== cellFile;
    return elsewhere ? createRequire(found.from)(specifier) : own(specifier);
  };
  return Object.assign(find, own);
}

/** Not enumerable: nobody who lists the globals meets them. */
function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}

/** The package `tslab`, whose displays come to us; loaded when it is asked for. */
export function tslabModule(home: string, output: Output): () => Namespace {
  let namespace: Namespace | undefined;
  return () => {
    namespace ??= loadTslab(home, output);
    return namespace;
  };
}

function loadTslab(home: string, output: Output): Namespace {
  const require = createRequire(path.join(home, 'package.json'));
  const tslab = require('tslab') as Namespace;
  const jupyter = createRequire(require.resolve('tslab'))('./jupyter.js') as Namespace;
  jupyter['lastWriteDisplayData'] = (content: Json, update: boolean) =>
    output.publish(update ? 'update_display_data' : 'display_data', content);
  return { ...tslab, default: tslab };
}
