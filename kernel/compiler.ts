// Type-checks and compiles cells: tslab's converter, run on the project's own TypeScript.
// tslab expects its fork of TypeScript 5.0; the facade below offers what the fork added and sets the project's options.
import * as path from 'node:path';
import * as fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import type TS from 'typescript';
import { KERNEL, toScript } from './script.js';
import { splitMap, type Insert, type Segment } from './positions.js';

export interface Problem { file: string | undefined; line: number; column: number; length: number; code: number; text: string }
export interface CompiledCell {
  problems: Problem[]; warnings: string[];
  script?: string; segments?: Segment[]; output?: string; map?: string | undefined;
  inserts?: Insert[];                            // what the kernel added to the code, for positions
  accept?: () => void;                           // makes the cell's names known to later cells
}
export type Target = { kind: 'source' | 'json'; file: string } | { kind: 'node'; specifier: string; from: string };
export interface Emitted { code: string; map: string | undefined; version: string }

// Options of tsconfig.json that are about building a project, not about the meaning of code.
const NOT_FOR_CELLS = ['module', 'moduleResolution', 'outDir', 'outFile', 'rootDir', 'rootDirs', 'declaration', 'declarationMap', 'declarationDir', 'emitDeclarationOnly', 'composite',
  'incremental', 'tsBuildInfoFile', 'noEmit', 'noEmitOnError', 'isolatedModules', 'isolatedDeclarations', 'verbatimModuleSyntax', 'erasableSyntaxOnly', 'sourceMap', 'inlineSources', 'mapRoot', 'sourceRoot', 'importHelpers',
  'noUnusedLocals', 'noUnusedParameters', 'allowUnreachableCode', 'allowUnusedLabels', 'configFilePath', 'plugins', 'noImplicitUseStrict', 'disableTopLevelAwait', 'checkJs', 'typeRoots', 'removeComments', 'preserveConstEnums'];
const PREFIX = 'export {};\n';                   // tslab puts this in front of every cell
const CELL = '__tslab__.ts', PREVIOUS = '__prev__.d.ts';
const DECLARATION = /\.d\.([^./]+\.)?[cm]?ts$/;

type Any = any;                                  // parts of TypeScript that its declarations leave out

export class Compiler {
  readonly cellFile: string;
  private readonly previousFile: string;
  private readonly converter: Any;
  private readonly isCompleteCode: (code: string) => { completed: boolean; indent?: string };
  private readonly options: TS.CompilerOptions;
  private readonly resolutions: TS.ModuleResolutionCache;
  private readonly emitted = new Map<string, Emitted>();
  private readonly watched = new Map<string, { notify: (file: string, kind: number) => void; stamp: string }>();
  private readonly clean = new Set<string>();    // project files without errors
  private previous = '';                         // declarations of all earlier cells
  private found: TS.Diagnostic[] = [];           // of the last compilation
  private foundDeclaration: TS.Diagnostic[] = [];
  private host: Any;

  readonly ts: typeof TS; private readonly cwd: string; readonly root: string;
  constructor(ts: typeof TS | typeof import('typescript'), tslabHome: string, cwd: string, root: string) {
    this.ts = ts as typeof TS; this.cwd = cwd; this.root = root;
    const slash = (file: string) => file.split(path.sep).join('/');
    this.cellFile = slash(path.join(cwd, CELL));
    this.previousFile = slash(path.join(cwd, PREVIOUS));
    this.options = { ...this.readOptions(), typeRoots: this.typeRoots(tslabHome) };
    this.resolutions = ts.createModuleResolutionCache(cwd, (name) => name, this.options);
    const tslab = this.loadTslab(tslabHome);
    this.isCompleteCode = tslab.isCompleteCode;
    this.converter = tslab.createConverter({ isJS: false, isBrowser: false });
  }

  // ------------------------------------------------------------------------------------------------- options
  private readOptions(): TS.CompilerOptions {
    const { ts } = this;
    const file = ts.findConfigFile(this.cwd, ts.sys.fileExists);
    const project = file ? ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, { ...ts.sys, readDirectory: () => [] }, path.dirname(file)).options : {};
    const kept = Object.fromEntries(Object.entries(project).filter(([key]) => !NOT_FOR_CELLS.includes(key)));
    return {
      strict: true, skipLibCheck: true, esModuleInterop: true, resolveJsonModule: true, allowJs: true, types: ['node'],
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.decorators.d.ts'], ...kept,
      target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, moduleDetection: ts.ModuleDetectionKind.Force,
      allowImportingTsExtensions: true, declaration: true, inlineSourceMap: true, newLine: ts.NewLineKind.LineFeed,
      rootDir: path.parse(this.cwd).root, outDir: 'outDir', noErrorTruncation: false,
    };
  }

  /** @types folders from the notebook upwards, last the kernel's own: a notebook outside a project has Node's types too. */
  private typeRoots(home: string): string[] {
    const folders = [path.join(home, 'node_modules/@types')];
    const above: string[] = [];
    for (let folder = this.cwd; ; folder = path.dirname(folder)) {
      above.push(path.join(folder, 'node_modules/@types'));
      if (path.dirname(folder) === folder) break;
    }
    return [...above, ...folders].filter((folder) => fs.existsSync(folder));
  }

  // -------------------------------------------------------------------------------------- tslab on stock TypeScript
  private loadTslab(home: string): Any {
    const facade = this.facade();
    const id = path.join(home, '@tslab-typescript-facade.js');
    const loader = Module as Any;
    const resolve = loader._resolveFilename;
    const module = new Module(id) as Any;
    Object.assign(module, { exports: facade, loaded: true, filename: id });
    loader._cache[id] = module;
    loader._resolveFilename = (request: string, ...rest: unknown[]) => request === '@tslab/typescript-for-tslab' ? id : resolve(request, ...rest);
    const tslab = createRequire(createRequire(path.join(home, 'package.json')).resolve('tslab'));
    return tslab('./converter.js');
  }

  private facade(): Any {
    const ts = this.ts as Any;
    const facade = Object.create(null);
    for (const key of Object.keys(ts)) Object.defineProperty(facade, key, { enumerable: true, configurable: true, get: () => ts[key] });
    const define = (key: string, value: unknown) => Object.defineProperty(facade, key, { enumerable: true, configurable: true, value });
    // No file watchers: the files of the project are looked at before each compilation.
    const nothing = { close: () => {} };
    define('sys', Object.assign(Object.create(ts.sys), {
      getCurrentDirectory: () => this.cwd,
      watchDirectory: () => nothing,
      watchFile: (file: string, notify: (file: string, kind: number) => void) => {
        if (!file.includes('/node_modules/')) this.watched.set(file, { notify, stamp: stamp(file) });
        return nothing;
      },
    }));
    define('createWatchCompilerHost', (files: string[], _: unknown, sys: Any, ...rest: unknown[]) => this.watchHost(files, sys, rest));
    define('getDefaultTypeRoots', () => []);
    define('getNullTransformationContext', () => ts.nullTransformationContext);
    define('transpileModule', (code: string) => ({ outputText: code }));           // the output stays an ES module
    define('getPreEmitDiagnosticsOfFiles', (program: TS.Program, sources: TS.SourceFile[]) => this.check(program, sources));
    define('getQuickInfoAtPosition', (file: TS.SourceFile, checker: TS.TypeChecker, _token: unknown, position: number) => {
      const node = ts.getTouchingPropertyName(file, position);
      const symbol = node === file ? undefined : checker.getSymbolAtLocation(node);
      if (!symbol) return undefined;
      const info = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(checker, symbol, file, ts.getContainerNode(node), node);
      return { kind: info.symbolKind, kindModifiers: '', textSpan: ts.createTextSpanFromNode(node, file), displayParts: info.displayParts, documentation: info.documentation, tags: info.tags };
    });
    define('Completions', Object.assign(Object.create(ts.Completions), {
      getCompletionsAtPositionForTslab: (...args: unknown[]) => ts.Completions.getCompletionsAtPosition(...args),
    }));
    return facade;
  }

  private watchHost(files: string[], sys: Any, rest: unknown[]): Any {
    const { ts } = this;
    const [, ...reporters] = rest;
    const host = (ts.createWatchCompilerHost as Any)(files, this.options, sys, ts.createAbstractBuilder, ...reporters);   // no builder state: it costs time and is not used
    this.host = host;
    host.resolveModuleNameLiterals = (literals: readonly TS.StringLiteralLike[], from: string, redirected: TS.ResolvedProjectReference | undefined, options: TS.CompilerOptions) =>
      literals.map((literal) => ts.resolveModuleName(literal.text, from, options, host, this.resolutions, redirected));
    host.hasInvalidatedResolutions = (file: string) => !file.includes('/node_modules/');
    let created: (builder: unknown) => void = () => {};
    Object.defineProperty(host, 'afterProgramCreate', { set: (f) => { created = f; }, get: () => (builder: Any) => created(this.wrap(builder)) });
    return host;
  }

  /** The builder program, whose emit keeps library modules for the loader and hands tslab only the cell. */
  private wrap(builder: Any): Any {
    const wrapped = Object.create(builder);
    wrapped.getSourceFile = (name: string) => {  // tslab reads the names that a cell declares: the binder makes that table
      const file = builder.getSourceFile(name);
      if (name === this.cellFile || name === this.previousFile) (this.ts as Any).bindSourceFile(file, this.options);
      if (name === this.cellFile) (file as Any).locals?.delete('__global');         // `declare global` is not a name to export
      return file;
    };
    wrapped.getAllDependencies = (file: TS.SourceFile) => {
      const seen = new Set<string>();
      const add = (source: TS.SourceFile | undefined) => {
        if (!source || seen.has(source.fileName)) return;
        seen.add(source.fileName);
        for (const { text } of (source as Any).imports as TS.StringLiteralLike[]) {
          const target = this.resolve(text, source.fileName);
          if (target.kind === 'source') add(builder.getSourceFile(target.file));
        }
      };
      add(file);
      return [...seen];
    };
    wrapped.emit = (file: TS.SourceFile, write: Any, token: Any, onlyDeclarations: Any, transformers: Any) =>
      builder.emit(file, (name: string, text: string, _bom: boolean, _onError: unknown, sources?: readonly TS.SourceFile[]) => {
        const source = sources?.[0]?.fileName ?? file.fileName;
        if (source === this.cellFile) write(name.endsWith('.d.ts') ? 'outDir/__tslab__.d.ts' : 'outDir/__tslab__.js', text);
        else if (/\.[cm]?js$/.test(name)) this.emitted.set(source, { ...splitMap(text), version: stamp(source) });
      }, token, onlyDeclarations, { before: [this.captureLast()], afterDeclarations: transformers.afterDeclarations });
    return wrapped;
  }

  /** `expression;` at the end of a cell becomes `__kernel.last = (expression);`. */
  private captureLast(): TS.TransformerFactory<TS.SourceFile> {
    const { ts } = this;
    return ({ factory }) => (file) => {
      if (file.fileName !== this.cellFile) return file;
      const statements = [...file.statements];
      let at = statements.length - 1;
      while (at >= 0 && (ts.isExportDeclaration(statements[at]!) || ts.isEmptyStatement(statements[at]!))) at -= 1;
      const last = statements[at];
      if (!last || !ts.isExpressionStatement(last)) return file;
      const target = factory.createPropertyAccessExpression(factory.createIdentifier(KERNEL), 'last');
      statements[at] = factory.updateExpressionStatement(last, factory.createAssignment(target, factory.createParenthesizedExpression(last.expression)));
      return factory.updateSourceFile(file, statements);
    };
  }

  // -------------------------------------------------------------------------------------------------- checking
  private check(program: TS.Program, sources: readonly TS.SourceFile[]): readonly TS.Diagnostic[] {
    this.found = [];
    for (const file of sources) {
      const isCell = file.fileName === this.cellFile;
      if (!isCell && (this.clean.has(file.fileName) || file.fileName === this.previousFile || file.fileName.includes('/node_modules/'))) continue;
      const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].filter((d) => d.category === this.ts.DiagnosticCategory.Error);
      if (!isCell && found.length === 0) this.clean.add(file.fileName);
      this.found.push(...found);
    }
    const cell = sources.find((file) => file.fileName === this.cellFile);
    this.foundDeclaration = cell && this.found.length === 0 ? [...program.getDeclarationDiagnostics(cell)] : [];
    return [...this.found, ...this.foundDeclaration];
  }

  /** Tells TypeScript which files of the project were edited since the last compilation. */
  private refresh(): void {
    let changed = false;
    for (const [file, entry] of this.watched) {
      if (file === this.cellFile || file === this.previousFile) continue;
      const now = stamp(file);
      if (now === entry.stamp) continue;
      changed = true;
      entry.stamp = now;
      entry.notify(file, now === '' ? this.ts.FileWatcherEventKind.Deleted : this.ts.FileWatcherEventKind.Changed);
    }
    if (changed) this.clean.clear();
    this.resolutions.clear();
  }

  private problems(list: readonly TS.Diagnostic[]): Problem[] {
    const { ts } = this;
    return list.map((d) => {
      const at = d.file && d.start !== undefined ? d.file.getLineAndCharacterOfPosition(d.start) : { line: 0, character: 0 };
      const isCell = d.file?.fileName === this.cellFile;
      return {
        file: isCell ? undefined : d.file?.fileName, line: at.line + (isCell ? 0 : 1), column: at.character + 1, length: d.length ?? 1,
        code: d.code, text: ts.flattenDiagnosticMessageText(d.messageText, '\n'),
      };
    });
  }

  compile(code: string, name: string): CompiledCell {
    this.refresh();
    const plain = this.withoutExports(code);
    let out = this.converter.convert(this.previous, plain);
    const warnings: string[] = [], inserts: Insert[] = [];
    if (this.found.length === 0 && this.foundDeclaration.length > 0) {
      // The cell is right, but a declaration file cannot name a type: annotate the variable ourselves.
      const first = this.problems(this.foundDeclaration);
      const annotated = this.annotate(plain, this.foundDeclaration, warnings, inserts);
      if (annotated !== plain) out = this.converter.convert(this.previous, annotated);
      if (this.found.length > 0 || this.foundDeclaration.length > 0) return { problems: first, warnings: [] };
    }
    if (this.found.length > 0) return { problems: this.problems(this.found), warnings };
    const { code: output, map } = splitMap(out.output ?? '');
    const { script, segments } = toScript(this.ts, output, name);
    return { problems: [], warnings, script, segments, output, map, inserts, accept: () => { this.previous = this.withNamespaces(out.declOutput ?? ''); } };
  }

  /** tslab forgets namespaces and `declare global` after one cell: they are carried on here. */
  private withNamespaces(next: string): string {
    const { ts } = this;
    const parse = (text: string) => ts.createSourceFile('previous.d.ts', text, ts.ScriptTarget.Latest, true).statements;
    const declared = new Set<string>();
    for (const statement of parse(next)) {
      if (ts.isVariableStatement(statement)) for (const d of statement.declarationList.declarations) declared.add(d.name.getText());
      else declared.add((statement as TS.Statement & { name?: TS.Identifier }).name?.text ?? '');
    }
    const kept = parse(this.previous).filter(ts.isModuleDeclaration).filter((m) => (m.flags & ts.NodeFlags.GlobalAugmentation ? !next.includes(m.getText()) : !declared.has(m.name.text)));
    return next + kept.map((m) => `${m.getText()}\n`).join('');
  }

  /** `export` in front of a declaration is allowed in a cell, so that library code can be tried out; it means nothing there. */
  private withoutExports(code: string): string {
    if (!code.includes('export')) return code;
    const { ts } = this;
    let result = code;
    for (const statement of ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true).statements) {
      const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) ?? [] : [];
      for (const m of modifiers) {
        const named = !modifiers.some((other) => other.kind === ts.SyntaxKind.DefaultKeyword) || (statement as TS.FunctionDeclaration).name;
        if (named && (m.kind === ts.SyntaxKind.ExportKeyword || m.kind === ts.SyntaxKind.DefaultKeyword)) result = result.slice(0, m.getStart()) + ' '.repeat(m.getWidth()) + result.slice(m.end);
      }
    }
    return result;
  }

  private annotate(code: string, diagnostics: readonly TS.Diagnostic[], warnings: string[], added: Insert[]): string {
    const { ts } = this;
    const source = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
    const inserts = new Map<number, string>();
    for (const d of diagnostics) {
      const at = (d.start ?? 0) - PREFIX.length;
      let found: TS.VariableDeclaration | TS.FunctionDeclaration | undefined;
      const visit = (node: TS.Node): void => {
        if (at < node.getFullStart() || at > node.end) return;
        if (!found && (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) && !node.type) found = node;
        ts.forEachChild(node, visit);
      };
      visit(source);
      if (!found) continue;
      let type = 'any', position = ts.isVariableDeclaration(found) ? found.name.end : -1;
      if (ts.isVariableDeclaration(found)) {
        let value = found.initializer;
        while (value && (ts.isAwaitExpression(value) || ts.isParenthesizedExpression(value))) value = value.expression;
        if (value && ts.isCallExpression(value) && value.expression.kind === ts.SyntaxKind.ImportKeyword && ts.isStringLiteral(value.arguments[0]!)) type = `typeof import(${JSON.stringify(value.arguments[0].text)})`;
      } else position = found.getChildren(source).find((child) => child.kind === ts.SyntaxKind.CloseParenToken)!.end;
      if (inserts.has(position)) continue;
      inserts.set(position, `: ${type}`);
      if (type === 'any') warnings.push(`TS${d.code}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')} '${found.name?.getText(source)}' is not checked from here on (type any): give it a type.`);
    }
    for (const [position, { length }] of inserts) {
      const { line, character } = source.getLineAndCharacterOfPosition(position);
      added.push({ line: line + 1, column: character + 1, length });
    }
    return [...inserts].sort((a, b) => b[0] - a[0]).reduce((text, [position, insert]) => text.slice(0, position) + insert + text.slice(position), code);
  }

  // ------------------------------------------------------------------------------------------------- modules
  resolve(specifier: string, from: string): Target {
    const { resolvedModule } = this.ts.resolveModuleName(specifier, from, this.options, this.host, this.resolutions);
    const file = resolvedModule?.resolvedFileName;
    if (file?.endsWith('.json')) return { kind: 'json', file };
    if (file && !file.includes('/node_modules/') && /\.(ts|tsx|mts|js|jsx|mjs)$/.test(file) && !DECLARATION.test(file)) return { kind: 'source', file };
    return { kind: 'node', specifier, from };
  }

  /** JavaScript of a library file: what the compiler emitted with types, or a plain transpilation if it never saw the file. */
  module(file: string): Emitted {
    const version = stamp(file);
    const known = this.emitted.get(file);
    if (known?.version === version) return known;
    const { outputText } = this.ts.transpileModule(fs.readFileSync(file, 'utf8'), { fileName: file, compilerOptions: { ...this.options, declaration: false } });
    const fresh = { ...splitMap(outputText), version };
    this.emitted.set(file, fresh);
    return fresh;
  }

  // ------------------------------------------------------------------------------------------------ editor help
  complete(code: string, position: number): { start: number; end: number; candidates: string[]; original?: TS.CompletionInfo } { return this.converter.complete(this.previous, code, position); }
  inspect(code: string, position: number): TS.QuickInfo | undefined { return this.converter.inspect(this.previous, code, position); }
  isComplete(code: string): { status: string; indent?: string | undefined } {
    const answer = this.isCompleteCode(code);
    if (!answer.completed) return { status: 'incomplete', indent: answer.indent };
    const errors = (this.ts.createSourceFile('x.ts', code, this.ts.ScriptTarget.Latest) as Any).parseDiagnostics as TS.Diagnostic[];
    if (errors.length === 0 || /\n\s*\n\s*$/.test(code)) return { status: 'complete' };
    return errors.some((d) => d.code === 1160 || d.code === 1010) ? { status: 'incomplete', indent: '' } : { status: 'invalid' };   // open `template` or comment
  }
}

/** Changes when the file does; '' if there is none. */
function stamp(file: string): string {
  const info = fs.statSync(file, { throwIfNoEntry: false });
  return info ? `${info.mtimeMs} ${info.size}` : '';
}
