// Parts of TypeScript and tslab that their declarations leave out.
import type ts from 'typescript';

export type TypeScript = typeof ts;

/** What the kernel and tslab use of TypeScript's internals. */
export interface Internals {
  readonly nullTransformationContext: ts.TransformationContext;
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  findPrecedingToken(position: number, file: ts.SourceFile): ts.Node | undefined;
  getContainerNode(node: ts.Node): ts.Node | undefined;
  createTextSpanFromNode(node: ts.Node, file: ts.SourceFile): ts.TextSpan;
  readonly SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      enclosing: ts.Node | undefined,
      location: ts.Node,
    ): Pick<ts.QuickInfo, 'displayParts' | 'documentation' | 'tags'> & { symbolKind: ts.ScriptElementKind };
  };
  readonly Completions: { getCompletionsAtPosition(...args: readonly unknown[]): ts.CompletionInfo | undefined };
}

/** A source file after binding, with its table of names and its imports. */
export interface BoundFile extends ts.SourceFile {
  readonly locals?: Map<string, ts.Symbol>;
  readonly imports: readonly ts.StringLiteralLike[];
}

/** The builder program that tslab works with. */
export interface Builder {
  getProgram(): ts.Program;
  getSourceFile(name: string): ts.SourceFile | undefined;
  getAllDependencies(file: ts.SourceFile): readonly string[];
  emit(
    file: ts.SourceFile | undefined,
    write: ts.WriteFileCallback,
    token?: ts.CancellationToken,
    onlyDeclarations?: boolean,
    transformers?: ts.CustomTransformers,
  ): ts.EmitResult;
}

/** TypeScript's host for compiling again and again, with the hooks that the kernel sets. */
export interface WatchHost extends ts.ModuleResolutionHost {
  jsDocParsingMode?: ts.JSDocParsingMode;
  afterProgramCreate?: (builder: Builder) => void;
  resolveModuleNameLiterals?: (
    literals: readonly ts.StringLiteralLike[],
    from: string,
    redirected: ts.ResolvedProjectReference | undefined,
  ) => readonly ts.ResolvedModuleWithFailedLookupLocations[];
  hasInvalidatedResolutions?: (file: string) => boolean;
  getModuleResolutionCache?: () => ts.ModuleResolutionCache;
}

/** tslab's front: declarations of earlier cells and a new cell in, checked and compiled cell out. */
export interface Converter {
  convert(previous: string, code: string): { readonly output?: string; readonly declOutput?: string };
  complete(previous: string, code: string, position: number): Completion;
  inspect(previous: string, code: string, position: number): ts.QuickInfo | undefined;
}

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
  readonly original?: ts.CompletionInfo;
}

export interface Tslab {
  createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter;
  isCompleteCode(code: string): { readonly completed: boolean; readonly indent?: string };
}
