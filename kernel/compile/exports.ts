import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** `export` is allowed in a cell, so that library code can be tried out; of what the cell itself declares it means nothing. */
export function withoutExports(ts: TypeScript, code: string): string {
  if (!code.includes('export')) return code;
  const { statements } = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return statements.flatMap((statement) => exportsIn(ts, statement)).reduce(blank, code);
}

/** The statement if it is a list of names, else its modifiers. */
function exportsIn(ts: TypeScript, statement: ts.Statement): readonly ts.Node[] {
  if (ts.isExportDeclaration(statement)) return statement.moduleSpecifier ? [] : [statement];
  const modifiers = (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
  const isDefault = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  const isNamed = 'name' in statement && statement.name !== undefined;
  if (isDefault && !isNamed) return []; // an anonymous default is the value of the cell
  return modifiers.filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword);
}

/** Spaces instead: lines and columns stay right. */
function blank(code: string, node: ts.Node): string {
  return code.slice(0, node.getStart()) + node.getText().replace(/[^\r\n;]/g, ' ') + code.slice(node.end);
}
