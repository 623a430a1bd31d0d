// What cells import: files of the project as real ES modules, one instance each, loaded anew when they were edited.
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vm from 'node:vm';
import type { Mapped } from '../compile/emitted.js';
import type { Target } from '../compile/resolution.js';
import { stamp } from '../compile/stamp.js';
import { createPackages, type Namespace, synthetic } from './packages.js';
import type { Positions } from './positions.js';

interface ModulesContext {
  readonly resolve: (specifier: string, from: string) => Target;
  readonly emitted: (file: string) => Mapped;
  readonly positions: Positions;
  readonly builtin: ReadonlyMap<string, () => Namespace>;
}

interface Entry {
  readonly module: vm.Module;
  readonly version: string;
  readonly needs: Map<string, vm.Module>; // by file
  finished: boolean;
}

const LINKED: ReadonlySet<vm.ModuleStatus> = new Set(['linked', 'evaluating', 'evaluated']);

type File = Target & { readonly file: string };
type Checked = Map<string, boolean>; // files of one import: was it edited?

export type Modules = ReturnType<typeof createModules>;

export function createModules({ resolve, emitted, positions, builtin }: ModulesContext) {
  const entries = new Map<string, Entry>(); // by file
  const loadPackage = createPackages(builtin);
  let linking = Promise.resolve(); // one import at a time: modules that two of them share are linked once

  const target = (specifier: string, from: string): Target =>
    builtin.has(specifier) ? { kind: 'package', specifier, from } : resolve(specifier, from);

  /** What `import … from specifier` gives in the file `from`. */
  async function load(specifier: string, from: string): Promise<Namespace> {
    const found = target(specifier, from);
    if (found.kind === 'package') return (await loadPackage(found)).namespace;
    const linked = linking.then(() => link(found));
    linking = linked.then(() => {}, dropUnlinked);
    const entry = await linked;
    await entry.module.evaluate();
    finish(found.file);
    return entry.module.namespace as Namespace;
  }

  async function link(found: File): Promise<Entry> {
    const checked: Checked = new Map();
    const entry = await open(found, checked);
    if (entry.module.status === 'unlinked') {
      await entry.module.link((specifier, referrer) => linkedModule(specifier, referrer.identifier, checked));
    }
    return entry;
  }

  async function linkedModule(specifier: string, from: string, checked: Checked): Promise<vm.Module> {
    const found = target(specifier, from);
    if (found.kind === 'package') return (await loadPackage(found)).module;
    const { module } = await open(found, checked);
    entries.get(from)?.needs.set(found.file, module);
    return module;
  }

  async function open({ kind, file }: File, checked: Checked): Promise<Entry> {
    dropEdited(file, checked);
    const known = entries.get(file);
    if (known) return known;
    const version = stamp(file);
    const module = kind === 'json' ? await jsonModule(file) : sourceModule(file);
    const entry = { module, version, needs: new Map<string, vm.Module>(), finished: false };
    const other = entries.get(file); // opened meanwhile
    if (!other) entries.set(file, entry);
    return other ?? entry;
  }

  function sourceModule(file: string): vm.Module {
    const { code, map } = emitted(file);
    positions.addModule(file, map);
    return new vm.SourceTextModule(code, {
      identifier: file,
      initializeImportMeta: (meta) => Object.assign(meta, importMeta(file)),
      importModuleDynamically: (specifier: string) => load(specifier, file) as unknown as vm.Module,
    });
  }

  /** Forgets a file that was edited or failed, and all files that need it. */
  function dropEdited(file: string, checked: Checked): boolean {
    const entry = entries.get(file);
    if (!entry) return true;
    const known = checked.get(file);
    if (known !== undefined) return known;
    checked.set(file, false);
    let stale = entry.module.status === 'errored' || entry.version !== stamp(file);
    for (const [need, module] of entry.needs) {
      if (dropEdited(need, checked) || entries.get(need)?.module !== module) stale = true;
    }
    if (stale) entries.delete(file);
    checked.set(file, stale);
    return stale;
  }

  /** What an import that failed has left behind cannot be linked again. */
  function dropUnlinked(): void {
    for (const [file, { module }] of entries) if (!LINKED.has(module.status)) entries.delete(file);
  }

  function finish(file: string): void {
    const entry = entries.get(file);
    if (!entry || entry.finished) return;
    entry.finished = true;
    for (const need of entry.needs.keys()) finish(need);
  }

  return {
    load,
    target,
    /** After an interrupt: modules that were on their way will never arrive. */
    dropUnfinished(): void {
      linking = Promise.resolve();
      for (const [file, { finished }] of entries) if (!finished) entries.delete(file);
    },
  };
}

/** `import.meta` of a file. */
export function importMeta(file: string): Namespace {
  return { url: pathToFileURL(file).href, filename: file, dirname: path.dirname(file) };
}

function jsonModule(file: string): Promise<vm.Module> {
  const value = parsedJson(file);
  const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return synthetic({ ...names, default: value }, file);
}

/** As Node reads it: a byte order mark before it is none of it, and an error names the file. */
function parsedJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(`${file}: ${error.message}`);
  }
}
