import type ts from 'typescript';
import type { BoundFile, Internals, TypeScript } from './internals.js';

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

/** The line that exports what `code` declares. Binding makes the table of names; no program is needed. */
export function exportList(ts: TypeScript, code: string, options: ts.CompilerOptions): string {
  const cell = ts.createSourceFile('cell.ts', `export {};\n${code}`, ts.ScriptTarget.Latest) as BoundFile;
  (ts as TypeScript & Internals).bindSourceFile(cell, options);
  const names = [...(cell.locals?.keys() ?? [])]
    .filter((name) => name !== '__global') // `declare global` is no name to export
    .map((name) => ts.unescapeLeadingUnderscores(name as ts.__String));
  return `\nexport {${names.join(', ')}}`;
}

export function endsWithExportList(ts: TypeScript, { statements }: ts.SourceFile): boolean {
  const last = statements.at(-1);
  return last !== undefined && ts.isExportDeclaration(last) && !last.moduleSpecifier;
}
