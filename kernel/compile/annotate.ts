// Later cells know a cell by its declarations. Where the compiler cannot write one (an unexported type, a private member),
// the variable is annotated here.
import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** Text that the kernel put into a line of a cell; line and column count from 1. */
export interface Insert {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

interface Annotated {
  readonly code: string;
  readonly inserts: readonly Insert[];
  readonly warnings: readonly string[];
}

type Declaration = ts.VariableDeclaration | ts.FunctionDeclaration;

/** `problems` are the declarations' diagnostics, whose positions count from `offset`. */
export function annotate(ts: TypeScript, code: string, problems: readonly ts.Diagnostic[], offset: number): Annotated {
  const source = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  const annotations = new Map<number, string>(); // by position
  const warnings: string[] = [];
  for (const { start = 0, code: number, messageText } of problems) {
    const declaration = untyped(ts, source, start - offset);
    if (!declaration) continue;
    const position = typePosition(ts, declaration, source);
    if (annotations.has(position)) continue;
    const imported = ts.isVariableDeclaration(declaration) ? importedBy(ts, declaration.initializer) : undefined;
    annotations.set(position, imported ? `: typeof import(${JSON.stringify(imported)})` : ': any');
    const reason = ts.flattenDiagnosticMessageText(messageText, '\n');
    const name = declaration.name?.getText(source);
    if (!imported) warnings.push(`TS${number}: ${reason} '${name}' is not checked from here on: give it a type.`);
  }
  const sorted = [...annotations].sort(([a], [b]) => a - b);
  const inserts = sorted.map(([position, { length }]) => {
    const { line, character } = source.getLineAndCharacterOfPosition(position);
    return { line: line + 1, column: character + 1, length };
  });
  return { code: sorted.reduceRight(insert, code), inserts, warnings };
}

function insert(code: string, [position, text]: readonly [number, string]): string {
  return code.slice(0, position) + text + code.slice(position);
}

/** The outermost declaration without a type around a position. */
function untyped(ts: TypeScript, source: ts.SourceFile, at: number): Declaration | undefined {
  const visit = (node: ts.Node): Declaration | undefined => {
    if (at < node.getFullStart() || at > node.end) return undefined;
    if ((ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) && !node.type) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(source);
}

function typePosition(ts: TypeScript, declaration: Declaration, source: ts.SourceFile): number {
  if (ts.isVariableDeclaration(declaration)) return declaration.name.end;
  const parenthesis = declaration.getChildren(source).find(({ kind }) => kind === ts.SyntaxKind.CloseParenToken);
  return parenthesis?.end ?? declaration.end;
}

/** 'x' of `await import('x')`. */
function importedBy(ts: TypeScript, value: ts.Expression | undefined): string | undefined {
  if (!value) return undefined;
  if (ts.isAwaitExpression(value) || ts.isParenthesizedExpression(value)) return importedBy(ts, value.expression);
  if (!ts.isCallExpression(value) || value.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [specifier] = value.arguments;
  return specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined;
}
