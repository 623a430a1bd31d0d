import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** tslab forgets namespaces and `declare global` after one cell: `next` with those of `previous` that still hold. */
export function carryOn(ts: TypeScript, previous: string, next: string): string {
  const parse = (text: string) => ts.createSourceFile('previous.d.ts', text, ts.ScriptTarget.Latest, true).statements;
  const redeclared = new Set(parse(next).flatMap((statement) => declaredNames(ts, statement)));
  const isGlobal = (m: ts.ModuleDeclaration) => (m.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
  const kept = parse(previous)
    .filter(ts.isModuleDeclaration)
    .filter((m) => (isGlobal(m) ? !next.includes(m.getText()) : !redeclared.has(m.name.text)));
  return next + kept.map((m) => `${m.getText()}\n`).join('');
}

function declaredNames(ts: TypeScript, statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if ('name' in statement && statement.name) return [(statement.name as ts.Identifier).text];
  return [];
}
