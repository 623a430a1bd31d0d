// tslab's converter, run on stock TypeScript. tslab expects a fork of TypeScript 5.0; the facade offers what the fork added
// and sets the project's options. Of tslab we keep how names of earlier cells are declared to later ones, and completion.
import Module, { createRequire } from 'node:module';
import * as path from 'node:path';
import type ts from 'typescript';
import type { Builder, Internals, Tslab, TypeScript, WatchHost } from './internals.js';
import { type ProgramContext, wrapBuilder } from './program.js';
import { quickInfo } from './quick-info.js';
import type { SourceFiles } from './source-files.js';

const FORK = '@tslab/typescript-for-tslab';

interface TslabContext extends ProgramContext {
  readonly cwd: string;
  readonly home: string;
  readonly sourceFiles: SourceFiles;
  /** The cell or the declarations of earlier cells were parsed. */
  readonly onParsed: (file: ts.SourceFile) => void;
  readonly check: (program: ts.Program, files: readonly ts.SourceFile[]) => readonly ts.Diagnostic[];
  /** A new program was made; its parts are at hand in it. */
  readonly onProgram: (builder: Builder) => void;
}

type Resolve = (request: string, ...rest: readonly unknown[]) => string;
interface Loader {
  _resolveFilename: Resolve;
}

/** Loads tslab so that its `require` of the fork gives the facade. */
export function loadTslab(context: TslabContext): Tslab {
  const id = path.join(context.home, 'typescript-for-tslab.js');
  const module = new Module(id);
  Object.assign(module, { exports: facade(context), loaded: true, filename: id });
  const require = createRequire(path.join(context.home, 'package.json'));
  require.cache[id] = module as NodeJS.Module;
  const loader = Module as unknown as Loader;
  const resolve = loader._resolveFilename;
  loader._resolveFilename = (request, ...rest) => (request === FORK ? id : resolve(request, ...rest));
  return createRequire(require.resolve('tslab'))('./converter.js') as Tslab;
}

function facade(context: TslabContext): unknown {
  const typescript = context.ts as TypeScript & Internals;
  const define = (base: object, values: object): object =>
    Object.create(base, Object.getOwnPropertyDescriptors(values)) as object;
  return define(typescript, {
    __esModule: true,
    sys: define(typescript.sys, {
      getCurrentDirectory: () => context.cwd,
      watchDirectory: () => ({ close: () => {} }),
      watchFile: context.sourceFiles.watch,
      useCaseSensitiveFileNames: true, // tslab sets it
    }),
    createWatchCompilerHost: (...args: WatchArguments) => watchHost(context, args),
    getDefaultTypeRoots: () => [],
    getNullTransformationContext: () => typescript.nullTransformationContext,
    transpileModule: (code: string) => ({ outputText: code }), // the output stays an ES module
    getPreEmitDiagnosticsOfFiles: context.check,
    getQuickInfoAtPosition: (file: ts.SourceFile, checker: ts.TypeChecker, _: unknown, position: number) =>
      quickInfo(typescript, { file, checker, position }),
    Completions: define(typescript.Completions, {
      getCompletionsAtPositionForTslab: (host: object, program: ts.Program, ...args: readonly unknown[]) => {
        const getCompilationSettings = () => program.getCompilerOptions(); // asked for between the braces of an import
        return typescript.Completions.getCompletionsAtPosition({ ...host, getCompilationSettings }, program, ...args);
      },
    }),
  });
}

type MakeBuilder = (files: unknown, options: unknown, host: ts.CompilerHost, ...rest: readonly unknown[]) => unknown;

/** An abstract builder keeps no state of its own, which would cost time and is not used. */
function builderMaker({ ts, files, onParsed }: TslabContext): MakeBuilder {
  const create = ts.createAbstractBuilder as unknown as MakeBuilder;
  const seen = new WeakSet<object>(); // hosts, and files
  const isNew = (value: object): boolean => {
    const isKnown = seen.has(value);
    seen.add(value);
    return !isKnown;
  };
  const watched = <A extends unknown[]>(get: (...args: A) => ts.SourceFile | undefined) => {
    return (...args: A) => {
      const file = get(...args);
      const isOurs = file?.fileName === files.cell || file?.fileName === files.previous;
      if (file && isOurs && isNew(file)) onParsed(file);
      return file;
    };
  };
  return (names, options, host, ...rest) => {
    if (isNew(host)) {
      host.getSourceFile = watched(host.getSourceFile);
      if (host.getSourceFileByPath) host.getSourceFileByPath = watched(host.getSourceFileByPath);
    }
    return create(names, options, host, ...rest);
  };
}

type WatchArguments = [files: string[], options: unknown, sys: ts.System, create: unknown, ...reporters: unknown[]];

function watchHost(context: TslabContext, [files, , sys, , ...reporters]: WatchArguments): WatchHost {
  const { ts, options, resolution } = context;
  const create = ts.createWatchCompilerHost as unknown as (...args: readonly unknown[]) => WatchHost;
  const host = create(files, options, sys, builderMaker(context), ...reporters);
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeInfo; // what remarks.ts makes good
  resolution.useHost(host);
  host.resolveModuleNameLiterals = (literals, from, redirected) =>
    literals.map(({ text }) => resolution.resolveName(text, from, redirected));
  host.hasInvalidatedResolutions = resolution.isStale;
  host.getModuleResolutionCache = () => resolution.packages;
  let created: (builder: Builder) => void = () => {};
  Object.defineProperty(host, 'afterProgramCreate', {
    set: (callback: (builder: Builder) => void) => {
      created = callback;
    },
    get: () => (builder: Builder) => {
      context.onProgram(builder);
      created(wrapBuilder(builder, context));
    },
  });
  return host;
}
