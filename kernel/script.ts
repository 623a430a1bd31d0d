// Turns the compiler's output for a cell (an ES module) into a script for V8's REPL mode.
//  - imports become awaited calls of the kernel's loader, at the start of the script;
//  - function declarations move to the start (hoisting), as `let f = function …`;
//  - const and var become let: REPL mode lets a later script redeclare a name only in the same way;
//  - import(…) and import.meta are answered by the kernel.
import type TS from 'typescript';
import type { Segment } from './positions.js';

export const KERNEL = '__kernel';                // the one global name that scripts use

export function toScript(ts: typeof TS, output: string, file: string): { script: string; segments: Segment[] } {
  const source = ts.createSourceFile('cell.js', output, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const edits: { start: number; end: number; text: string }[] = [];
  const replace = (start: number, end: number, text: string) => { edits.push({ start, end, text }); };
  const functions: TS.FunctionDeclaration[] = [];
  const imports: string[] = [];
  const hoisted = new Set<string>();

  const names = (name: TS.BindingName): string[] => ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((e) => ts.isOmittedExpression(e) ? [] : names(e.name));
  const isVar = (list: TS.VariableDeclarationList) => (list.flags & ts.NodeFlags.BlockScoped) === 0;

  /** `var` of the cell, wherever it stands: declared at the start, assigned in place. */
  function hoistVar(list: TS.VariableDeclarationList): void {
    for (const declaration of list.declarations) for (const name of names(declaration.name)) hoisted.add(name);
    const inLoopHead = (ts.isForOfStatement(list.parent) || ts.isForInStatement(list.parent)) && list.parent.initializer === list;
    const first = list.declarations[0]!;
    const pattern = !inLoopHead && !ts.isIdentifier(first.name);
    replace(list.getStart(source), first.getStart(source), pattern ? '(' : '');
    if (pattern) replace(list.end, list.end, ')');
    if (!inLoopHead) for (const declaration of list.declarations) {
      if (!declaration.initializer) replace(declaration.getStart(source), declaration.end, declaration.getText(source).replace(/^[^]*$/, 'void 0'));
    }
  }

  function visit(node: TS.Node, inFunction: boolean): void {
    if (ts.isVariableDeclarationList(node) && isVar(node) && !inFunction) hoistVar(node);
    if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent)) replace(node.getStart(source), node.end, `${KERNEL}.import`);
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) replace(node.getStart(source), node.end, `${KERNEL}.meta`);
    const inner = inFunction || ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node);
    ts.forEachChild(node, (child) => { visit(child, inner); });
  }

  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = `await ${KERNEL}.import(${JSON.stringify((statement.moduleSpecifier as TS.StringLiteral).text)})`;
      const clause = statement.importClause;
      const parts: string[] = [];
      if (clause?.name) parts.push(`default: ${clause.name.text}`);
      const bindings = clause?.namedBindings;
      if (bindings && ts.isNamedImports(bindings)) {
        for (const e of bindings.elements) parts.push(e.propertyName ? `${JSON.stringify(e.propertyName.text)}: ${e.name.text}` : e.name.text);
      }
      if (parts.length > 0) imports.push(`let { ${parts.join(', ')} } = ${from};`);
      if (bindings && ts.isNamespaceImport(bindings)) imports.push(`let ${bindings.name.text} = ${from};`);
      if (!clause) imports.push(`${from};`);
      replace(statement.getStart(source), statement.end, '');
      continue;
    }
    if (ts.isExportDeclaration(statement)) { replace(statement.getStart(source), statement.end, ''); continue; }
    if (ts.isExportAssignment(statement)) replace(statement.getStart(source), statement.expression.getStart(source), `${KERNEL}.last = `);
    if (ts.isFunctionDeclaration(statement) && statement.name) functions.push(statement);
    if (ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const) {
      const start = statement.declarationList.getStart(source);
      replace(start, start + 'const'.length, 'let');
    }
    visit(statement, false);
  }
  for (const statement of functions) { hoisted.delete(statement.name!.text); }

  // Pieces of the output, in the order of the script.
  let script = '';
  const segments: Segment[] = [];
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  const add = (text: string) => { script += text; };
  function copy(start: number, end: number): void {
    let at = start;
    const take = (to: number) => {
      if (to > at) { segments.push({ from: script.length, length: to - at, at }); add(output.slice(at, to)); }
    };
    for (const edit of edits) {
      if (edit.start < at || edit.end > end || edit.start < start) continue;
      take(edit.start);
      if (edit.text) { segments.push({ from: script.length, length: edit.text.length, at: edit.start }); add(edit.text); }
      at = edit.end;
    }
    take(end);
  }
  add(`'use strict';`);
  if (hoisted.size > 0) add(`let ${[...hoisted].join(', ')};`);
  for (const f of functions) {
    const name = f.name!;
    add(`let ${name.text} = `);
    copy(f.getStart(source), name.getStart(source));
    copy(name.end, f.end);
    add(';');
  }
  for (const text of imports) add(text);
  add('\n');
  let at = 0;
  for (const f of functions) { copy(at, f.getStart(source)); at = f.end; }
  copy(at, output.length);
  add(`\n;void 0;\n//# sourceURL=${file}`);
  return { script, segments };
}
