import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** `export` in front of a declaration is allowed in a cell, so that library code can be tried out; it means nothing there. */
export function withoutExports(ts: TypeScript, code: string): string {
  if (!code.includes('export')) return code;
  const { statements } = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return statements.flatMap((statement) => exportModifiers(ts, statement)).reduce(blank, code);
}

function exportModifiers(ts: TypeScript, statement: ts.Statement): readonly ts.Modifier[] {
  const modifiers = (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
  const isDefault = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  const isNamed = 'name' in statement && statement.name !== undefined;
  if (isDefault && !isNamed) return []; // an anonymous default is the value of the cell
  return modifiers.filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword);
}

/** Spaces instead of the modifier: columns stay right. */
function blank(code: string, modifier: ts.Modifier): string {
  return code.slice(0, modifier.getStart()) + ' '.repeat(modifier.getWidth()) + code.slice(modifier.end);
}
