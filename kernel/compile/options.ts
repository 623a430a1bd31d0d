// The compiler options of cells: the project's strictness, the kernel's own output.
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import type ts from 'typescript';
import type { TypeScript } from './internals.js';

// Options of tsconfig.json that say what code means and how strictly it is checked. The others are about building a
// project; unused variables are no mistake in a notebook.
const FROM_PROJECT = [
  ['strict', 'alwaysStrict', 'noImplicitAny', 'noImplicitThis', 'strictNullChecks', 'strictFunctionTypes'],
  ['strictBindCallApply', 'strictPropertyInitialization', 'strictBuiltinIteratorReturn', 'useUnknownInCatchVariables'],
  ['noUncheckedIndexedAccess', 'exactOptionalPropertyTypes', 'noImplicitOverride', 'noImplicitReturns'],
  ['noFallthroughCasesInSwitch', 'noPropertyAccessFromIndexSignature', 'noUncheckedSideEffectImports'],
  ['lib', 'types', 'baseUrl', 'paths', 'pathsBasePath', 'jsx', 'jsxFactory', 'jsxImportSource'],
  ['experimentalDecorators', 'emitDecoratorMetadata', 'useDefineForClassFields', 'allowSyntheticDefaultImports'],
].flat();

export interface Places {
  /** The folder whose node_modules holds the kernel's packages. */
  readonly home: string;
  /** The notebook's folder. */
  readonly cwd: string;
}

/** Options for cells in `cwd`; outside of any project, those of the kernel's own. */
export function cellOptions(ts: TypeScript, { home, cwd }: Places): ts.CompilerOptions {
  const project = optionsOfProject(ts, { home, cwd });
  const kept = Object.fromEntries(FROM_PROJECT.filter((name) => name in project).map((name) => [name, project[name]]));
  return {
    strict: true,
    types: ['node'],
    lib: ['lib.es2023.d.ts'],
    ...kept,
    typeRoots: [...new Set(typeRoots(home, cwd))],
    customConditions: [...new Set(['source', ...(project.customConditions ?? [])])], // libraries' TypeScript, not builds
    skipLibCheck: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    allowJs: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    declaration: true, // later cells see a cell's declarations
    inlineSourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
    rootDir: path.parse(cwd).root,
    outDir: 'outDir',
  };
}

/** Does the project promise that each of its files compiles by itself, without the types of others? */
export function compilesFileByFile(ts: TypeScript, places: Places): boolean {
  const { isolatedModules, verbatimModuleSyntax } = optionsOfProject(ts, places);
  return isolatedModules === true || verbatimModuleSyntax === true;
}

function optionsOfProject(ts: TypeScript, { home, cwd }: Places): ts.CompilerOptions {
  return projectOptions(ts, cwd) ?? projectOptions(ts, home) ?? {};
}

function projectOptions(ts: TypeScript, folder: string): ts.CompilerOptions | undefined {
  const file = ts.findConfigFile(folder, ts.sys.fileExists);
  if (!file) return undefined;
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config?: unknown };
  const noFiles = { ...ts.sys, readDirectory: () => [] }; // only the options matter
  return ts.parseJsonConfigFileContent(config ?? {}, noFiles, path.dirname(file)).options;
}

/** The @types folders from the notebook upwards, last the kernel's own. */
function typeRoots(home: string, cwd: string): string[] {
  const above = path.dirname(cwd);
  const own = path.join(cwd, 'node_modules/@types');
  const rest = above === cwd ? [path.join(home, 'node_modules/@types')] : typeRoots(home, above);
  return existsSync(own) ? [own, ...rest] : rest;
}
