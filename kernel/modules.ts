// Loads what cells import: library files of the project as real ES modules, packages through Node's own loader.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as vm from 'node:vm';
import type { Compiler, Target } from './compiler.js';
import type { Positions } from './positions.js';

type Namespace = Record<string, unknown>;
// The parts of vm's module classes that @types/node does not declare for Node 20.
interface VmModule { status: string; namespace: Namespace; link(linker: (specifier: string) => Promise<VmModule>): Promise<void>; evaluate(): Promise<void>; setExport?(name: string, value: unknown): void }
const { SourceTextModule, SyntheticModule } = vm as unknown as {
  SourceTextModule: new (code: string, options: object) => VmModule;
  SyntheticModule: new (names: string[], evaluate: (this: Required<VmModule>) => void, options: object) => VmModule;
};
const DEFAULT_LOADER = (vm as unknown as { constants: { USE_MAIN_CONTEXT_DEFAULT_LOADER: symbol } }).constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

interface Entry { module: VmModule; version: string; needs: Set<string> }

export class Modules {
  private readonly entries = new Map<string, Entry>();      // key: file
  private readonly packages = new Map<string, VmModule>();
  private readonly importers = new Map<string, (specifier: string) => Promise<Namespace>>();
  /** Modules that the kernel itself provides. */
  readonly builtin = new Map<string, () => Namespace>();

  private readonly compiler: Compiler; private readonly positions: Positions;
  constructor(compiler: Compiler, positions: Positions) { this.compiler = compiler; this.positions = positions; }

  /** What `import … from specifier` gives in `from`. A library file that was edited is loaded anew, with all that need it. */
  async import(specifier: string, from: string): Promise<Namespace> {
    const target = this.target(specifier, from);
    if (target.kind === 'node') return (await this.package(target.specifier, from)).namespace;
    this.dropStale(target.file, new Map());
    const module = this.module(target);
    if (module.status === 'unlinked') await module.link(this.linker(target.file));
    await module.evaluate();
    return module.namespace;
  }

  private target(specifier: string, from: string): Target {
    return this.builtin.has(specifier) || specifier.startsWith('node:') ? { kind: 'node', specifier, from } : this.compiler.resolve(specifier, from);
  }
  private linker(file: string): (specifier: string, referrer?: { identifier: string }) => Promise<VmModule> {
    return async (specifier, referrer) => {
      const from = referrer?.identifier ?? file;
      const target = this.target(specifier, from);
      if (target.kind === 'node') return this.package(target.specifier, from);
      this.entries.get(from)?.needs.add(target.file);
      return this.module(target);
    };
  }

  private dropStale(file: string, seen: Map<string, boolean>): boolean {
    const entry = this.entries.get(file);
    if (!entry) return true;
    if (seen.has(file)) return seen.get(file)!;
    seen.set(file, false);
    let stale = entry.module.status === 'errored' || entry.module.status === 'evaluating' || entry.version !== this.compiler.module(file).version;
    for (const need of entry.needs) if (this.dropStale(need, seen)) stale = true;
    if (stale) this.entries.delete(file);
    seen.set(file, stale);
    return stale;
  }

  private module({ kind, file }: Target & { file: string }): VmModule {
    const known = this.entries.get(file);
    if (known) return known.module;
    let module: VmModule, version = '';
    if (kind === 'json') {
      version = this.compiler.module.call(this.compiler, file).version;
      module = this.synthetic({ default: JSON.parse(readFileSync(file, 'utf8')) }, file);
    } else {
      const emitted = this.compiler.module(file);
      version = emitted.version;
      this.positions.addModule(file, emitted.map);
      module = new SourceTextModule(emitted.code, {
        identifier: file,
        initializeImportMeta: (meta: Namespace) => Object.assign(meta, this.meta(file)),
        importModuleDynamically: (specifier: string) => this.import(specifier, file),
      });
    }
    this.entries.set(file, { module, version, needs: new Set() });
    return module;
  }

  meta(file: string): Namespace { return { url: pathToFileURL(file).href, filename: file, dirname: path.dirname(file) }; }

  private synthetic(values: Namespace, identifier: string): VmModule {
    return new SyntheticModule(Object.keys(values), function () { for (const [name, value] of Object.entries(values)) this.setExport(name, value); }, { identifier });
  }

  /** A package, loaded by Node as if `from` imported it. */
  private async package(specifier: string, from: string): Promise<VmModule> {
    const key = `${path.dirname(from)} ${specifier}`;
    let module = this.packages.get(key);
    if (!module) {
      const own = this.builtin.get(specifier);
      const values = own ? own() : this.compatible(await this.importer(from)(specifier), specifier, from);
      module = this.synthetic(values, specifier);
      await module.link(async () => { throw new Error('unreachable'); });
      await module.evaluate();
      this.packages.set(key, module);
    }
    return module;
  }
  private importer(from: string): (specifier: string) => Promise<Namespace> {
    const folder = path.dirname(from);
    let importer = this.importers.get(folder);
    if (!importer) {
      const options = { filename: path.join(folder, 'importer.js'), importModuleDynamically: DEFAULT_LOADER } as unknown as vm.ScriptOptions;
      importer = new vm.Script('(specifier) => import(specifier)', options).runInThisContext() as (specifier: string) => Promise<Namespace>;
      this.importers.set(folder, importer);
    }
    return importer;
  }
  /** CommonJS packages: all names are importable, and `default` is what TypeScript (esModuleInterop) takes it for. */
  private compatible(namespace: Namespace, specifier: string, from: string): Namespace {
    const values: Namespace = { ...namespace };
    const common = namespace['default'] as Namespace | undefined;
    if (common === null || (typeof common !== 'object' && typeof common !== 'function') || specifier.startsWith('node:')) return values;
    let isCommonJs = false;
    try {
      const require = createRequire(path.join(path.dirname(from), 'importer.js'));
      const file = specifier.startsWith('file:') ? fileURLToPath(specifier) : require.resolve(specifier);
      isCommonJs = require.cache[file]?.exports === common;
    } catch { /* an ES module only */ }
    if (!isCommonJs) return values;
    for (const name of Object.keys(common)) if (!(name in values)) values[name] = common[name];
    if (common['__esModule'] && 'default' in common) values['default'] = common['default'];
    return values;
  }
}
