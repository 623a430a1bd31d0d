// Type-checks and compiles cells, one after the other, each knowing the names of those before it.
import * as path from 'node:path';
import { annotate, type Insert } from './annotate.js';
import type { Script } from './assemble.js';
import { blockVariables } from './block-variables.js';
import { carryOn } from './declarations.js';
import { createChecker, type Problem } from './diagnostics.js';
import { createEmittedFiles, type Mapped, splitMap } from './emitted.js';
import { exportList, withoutExports } from './exports.js';
import type { BoundFile, Builder, Completion, Converter, TypeScript } from './internals.js';
import { keepGlobals } from './keep-globals.js';
import { lastValue } from './last-value.js';
import { type ImportedName, liveImports, redeclaredImports } from './live-imports.js';
import { cellOptions, compilesFileByFile, type Places } from './options.js';
import { createResolution } from './resolution.js';
import { toScript } from './script.js';
import { createSourceFiles } from './source-files.js';
import { createSteadyImports } from './steady-imports.js';
import { loadTslab } from './tslab.js';
import { createVerdicts } from './verdicts.js';

const PREFIX = 'export {};\n'; // tslab puts this line in front of every cell

export interface CompiledCell {
  readonly script: Script;
  /** The compiler's output, from which the script was made, and its source map. */
  readonly output: string;
  readonly map: Mapped['map'];
  readonly inserts: readonly Insert[];
  readonly warnings: readonly string[];
  /** Under which the script stores the value of the cell. */
  readonly key: string;
  /** Makes the cell's names known to later cells. */
  readonly accept: () => void;
}

export type Compiler = ReturnType<typeof createCompiler>;

export function createCompiler(ts: TypeScript, places: Places) {
  const { cwd, home } = places;
  const inFolder = (name: string) => path.join(cwd, name).split(path.sep).join('/');
  const files = { cell: inFolder('__tslab__.ts'), previous: inFolder('__prev__.d.ts') };
  const options = cellOptions(ts, places);
  const resolution = createResolution(ts, options, home);
  const emittedFiles = createEmittedFiles(ts, options);
  const sourceFiles = createSourceFiles(ts, files);
  const imports = createSteadyImports(ts);
  const checker = createChecker(ts, files, createVerdicts(ts, options, places));
  let previous = ''; // declarations of all earlier cells
  let own: ReadonlySet<string> = new Set(); // names of globals that cells have for themselves
  let key = 0;
  let builder: Builder | undefined;

  const tslab = loadTslab({
    ...{ ts, cwd, home, options, files, resolution, sourceFiles, imports },
    fileByFile: compilesFileByFile(ts, places),
    check: checker.check,
    emitted: emittedFiles.keep,
    transformers: (program) => [liveImports(ts, program.getTypeChecker()), lastValue(ts, () => String(key))],
    onParsed: imports.extend,
    onProgram: (next) => {
      builder = next;
    },
  });
  const newConverter = (): Converter => tslab.createConverter({ isJS: false, isBrowser: false });
  let converter = newConverter();

  /** Uses the converter; one that failed in the middle of its work is replaced. */
  function using<T>(work: (converter: Converter) => T): T {
    try {
      const edited = sourceFiles.refresh();
      if (edited) checker.forget();
      resolution.refresh(edited);
      return work(converter);
    } catch (error) {
      converter = newConverter();
      throw error;
    }
  }

  const file = (name: string) => builder?.getSourceFile(name) as BoundFile | undefined;

  function redeclared(): ImportedName[] {
    const [cell, before] = [file(files.cell), file(files.previous)];
    return cell && before ? redeclaredImports(ts, cell, before) : [];
  }

  function keepingGlobals(): string {
    const [cell, before] = [file(files.cell), file(files.previous)];
    if (!builder || !cell || !before) return previous;
    return keepGlobals(ts, builder.getProgram().getTypeChecker(), { cell, previous: before }).slice(PREFIX.length);
  }

  function inBlocks(): string {
    const cell = file(files.cell);
    return builder && cell ? blockVariables(ts, builder.getProgram().getTypeChecker(), cell) : '';
  }

  function compile(code: string, name: string): CompiledCell | { readonly problems: readonly Problem[] } {
    key += 1;
    const plain = withoutExports(ts, code);
    const exported = exportList(ts, plain, options);
    const convert = (cell: string) => using((c) => c.convert(previous, cell + exported));
    let converted = convert(plain);
    const { errors, declaration } = checker.findings();
    let annotated = { code: plain, inserts: [] as readonly Insert[], warnings: [] as readonly string[] };
    if (errors.length === 0 && declaration.length > 0) {
      annotated = annotate(ts, plain, declaration, PREFIX.length);
      converted = convert(annotated.code);
      const left = checker.findings();
      if (left.errors.length + left.declaration.length > 0) return { problems: checker.problems(declaration) };
    }
    if (errors.length > 0) return { problems: checker.problems(errors) };
    const kept = keepingGlobals();
    if (kept !== previous) {
      previous = kept;
      converted = convert(annotated.code);
    }
    const { code: output, map } = splitMap(converted.output ?? '');
    const script = toScript(ts, { output, name, key: String(key), redeclared: redeclared(), own });
    const next = carryOn(ts, previous, (converted.declOutput ?? '') + inBlocks());
    const modules = imports.ownImports(file(files.cell)!);
    const accept = () => {
      previous = next;
      imports.remember(modules);
      own = script.own;
    };
    return { script, output, map, accept, key: String(key), inserts: annotated.inserts, warnings: annotated.warnings };
  }

  return {
    ts,
    cellFile: files.cell,
    compile,
    resolve: resolution.resolve,
    emitted: emittedFiles.get,
    complete: (code: string, position: number): Completion => using((c) => c.complete(previous, code, position)),
    inspect: (code: string, position: number) => using((c) => c.inspect(previous, code, position)),
    isComplete: tslab.isCompleteCode,
  };
}
