// npm packages and Node's own modules, loaded by Node as if the importing file asked for them.
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vm from 'node:vm';
import { teachInspection } from './readable.js';

/** Name of the scripts, one in each folder, from which packages are imported. */
export const IMPORTER = 'notebook-import.js';

export type Namespace = Record<string, unknown>;
type Import = (specifier: string) => Promise<Namespace>;

/** Where a package is imported: `from` is the importing file, or the kernel's home for what only the kernel has. */
interface PackageImport {
  readonly specifier: string;
  readonly from: string;
}

/** Loads packages; `builtin` are the modules that the kernel itself provides. Everything is loaded once. */
export function createPackages(builtin: ReadonlyMap<string, () => Namespace>) {
  const importers = new Map<string, Import>(); // by folder
  const loaded = new Map<unknown, Package>(); // by namespace, so that all importers of a package share one

  function importer(folder: string): Import {
    let found = importers.get(folder);
    if (!found) {
      const script = new vm.Script('(specifier) => import(specifier)', {
        filename: path.join(folder, IMPORTER),
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      found = script.runInThisContext() as Import;
      importers.set(folder, found);
    }
    return found;
  }

  return async (wanted: PackageImport): Promise<Package> => {
    const own = builtin.get(wanted.specifier);
    const namespace = own ? own() : await importer(path.dirname(wanted.from))(wanted.specifier);
    const known = loaded.get(namespace);
    if (known) return known;
    const values = own ? namespace : interoperable(namespace, wanted);
    teachInspection(values);
    const module = await synthetic(values, wanted.specifier);
    const result = { module, namespace: values === namespace ? namespace : (module.namespace as Namespace) };
    loaded.set(namespace, result);
    return result;
  };
}

/** A package as files of the project import it, and as cells do: an ES module's own namespace, whose values are live. */
interface Package {
  readonly module: vm.Module;
  readonly namespace: Namespace;
}

/** A module with these exports. */
export async function synthetic(values: Namespace, identifier: string): Promise<vm.Module> {
  const names = Object.keys(values);
  const module = new vm.SyntheticModule(
    names,
    () => {
      for (const name of names) module.setExport(name, values[name]);
    },
    { identifier },
  );
  await module.link(() => Promise.reject(new Error('a synthetic module imports nothing')));
  await module.evaluate();
  return module;
}

/** CommonJS packages: all names are importable, and `default` is what TypeScript takes it for. */
function interoperable(namespace: Namespace, where: PackageImport): Namespace {
  const exports = namespace['default'] as Namespace | null | undefined;
  if (exports === null || (typeof exports !== 'object' && typeof exports !== 'function')) return namespace;
  if (!isCommonJs(exports, where)) return namespace;
  const values: Namespace = { ...namespace };
  for (const name of Object.keys(exports)) if (!(name in values)) values[name] = exports[name];
  if (exports['__esModule'] && 'default' in exports) values['default'] = exports['default'];
  return values;
}

function isCommonJs(exports: unknown, { specifier, from }: PackageImport): boolean {
  if (specifier.startsWith('node:')) return false;
  try {
    const require = createRequire(from);
    const file = specifier.startsWith('file:') ? fileURLToPath(specifier) : require.resolve(specifier);
    return require.cache[file]?.exports === exports;
  } catch {
    return false; // an ES module only
  }
}
