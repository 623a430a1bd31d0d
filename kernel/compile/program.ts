// The builder program as tslab gets it: its emit keeps the project's files for the loader and hands on only the cell.
import type ts from 'typescript';
import { endsWithExportList } from './exports.js';
import type { BoundFile, Builder, Internals, TypeScript } from './internals.js';
import type { Resolution } from './resolution.js';
import type { SteadyImports } from './steady-imports.js';

/** Names that tslab gives to the cell and to the declarations of earlier cells, in the notebook's folder. */
export interface CellFiles {
  readonly cell: string;
  readonly previous: string;
}

export interface ProgramContext {
  readonly ts: TypeScript;
  readonly options: ts.CompilerOptions;
  readonly files: CellFiles;
  readonly resolution: Resolution;
  readonly imports: SteadyImports;
  /** Files of the project are compiled one by one when they are loaded: nothing to do for them here. */
  readonly fileByFile: boolean;
  /** A file of the project was compiled. */
  readonly emitted: (file: string, text: string) => void;
  /** How the cell is rewritten before it is compiled. */
  readonly transformers: (program: ts.Program) => ts.TransformerFactory<ts.SourceFile>[];
}

export function wrapBuilder(builder: Builder, context: ProgramContext): Builder {
  const { files, fileByFile, emitted, transformers } = context;
  const wrapped = Object.create(builder) as Builder;
  wrapped.getSourceFile = (name) => boundFile(builder, name, context);
  wrapped.getAllDependencies = (file) => dependencies(builder, file, context);
  wrapped.emit = (file, write, token, onlyDeclarations, given) => {
    if (fileByFile && file?.fileName !== files.cell) return { emitSkipped: true, diagnostics: [] };
    const take: ts.WriteFileCallback = (name, text, mark, failed, sources) => {
      const source = sources?.[0]?.fileName ?? file?.fileName ?? '';
      const extension = name.endsWith('.d.ts') ? 'd.ts' : 'js';
      if (source === files.cell) write(`outDir/__tslab__.${extension}`, text, mark, failed, sources);
      else if (/\.[cm]?js$/.test(name)) emitted(source, text);
    };
    const before = file?.fileName === files.cell ? transformers(builder.getProgram()) : [];
    const after = given?.afterDeclarations ?? [];
    return builder.emit(file, take, token, onlyDeclarations, { before, afterDeclarations: after });
  };
  return wrapped;
}

/** tslab makes a second program to export the names that a cell declares, unless binding shows it none: they are exported. */
function boundFile(builder: Builder, name: string, { ts, files, options }: ProgramContext): ts.SourceFile | undefined {
  const file = builder.getSourceFile(name) as BoundFile | undefined;
  if (!file || (name !== files.cell && name !== files.previous)) return file;
  (ts as TypeScript & Internals).bindSourceFile(file, options);
  if (name === files.cell && file.locals && endsWithExportList(ts, file)) file.locals.forEach = () => {};
  return file;
}

/** The files of the project that `file` needs, itself included. */
function dependencies(builder: Builder, file: ts.SourceFile, context: ProgramContext): readonly string[] {
  const { imports, resolution } = context;
  const seen = new Set<string>();
  const add = (source: BoundFile | undefined): void => {
    if (!source || seen.has(source.fileName)) return;
    seen.add(source.fileName);
    for (const name of imports.ownImports(source)) {
      const target = resolution.resolve(name, source.fileName);
      if (target.kind === 'source') add(builder.getSourceFile(target.file) as BoundFile | undefined);
    }
  };
  add(file as BoundFile);
  return [...seen];
}
