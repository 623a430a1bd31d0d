// Turns the compiler's output for a cell (an ES module) into a script for V8's REPL mode.
//  - imports become awaited calls of the kernel's loader, at the start of the script;
//  - function declarations move to the start, as `let f = function …`: they are hoisted;
//  - const and var become let: REPL mode lets a later script redeclare a name only in the same way;
//  - names of globals that cells have for themselves are renamed (own-names.ts);
//  - import(…) and import.meta are answered by the kernel, since the engine's own import() would end the process.
import type ts from 'typescript';
import { assemble, type Parts, type Script } from './assemble.js';
import { hoistVariables } from './hoist.js';
import { holdAwaited } from './hold-awaited.js';
import { importStatement } from './import-statement.js';
import type { TypeScript } from './internals.js';
import type { ImportedName } from './live-imports.js';
import { KERNEL, namespaceVariable } from './names.js';
import { ownNames, renameOwn, scriptName } from './own-names.js';

interface CellOutput {
  /** The compiler's output. */
  readonly output: string;
  /** Of the cell, in messages. */
  readonly name: string;
  /** Of the cell, for the kernel. */
  readonly key: string;
  /** Names of the cell that earlier cells had imported. */
  readonly redeclared: readonly ImportedName[];
  /** Names of globals that earlier cells have for themselves. */
  readonly own: ReadonlySet<string>;
}

/** The script of a cell. */
export function toScript(ts: TypeScript, { output, name, key, redeclared, own: earlier }: CellOutput): Script {
  const source = ts.createSourceFile('cell.js', output, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const own = ownNames(ts, source, earlier);
  const parts: Parts = { source, key, edits: [], hoisted: new Set(), functions: [], imports: [], own };
  for (const statement of source.statements) takeStatement(ts, statement, parts);
  for (const declared of parts.functions) parts.hoisted.delete(declared.name?.text ?? '');
  parts.edits.push(...renameOwn(ts, source, own));
  parts.edits.sort((a, b) => a.start - b.start || a.end - b.end);
  return assemble(
    parts,
    name,
    redeclared.map((each) => forward(each, own)),
  );
}

/** Functions of earlier cells read the import's namespace: from now on they find the cell's own variable there. */
function forward({ local, exported }: ImportedName, own: ReadonlySet<string>): string {
  const variable = scriptName(local, own);
  return `let ${namespaceVariable(local, exported)} = { get ${JSON.stringify(exported)}() { return ${variable}; } };`;
}

function takeStatement(ts: TypeScript, statement: ts.Statement, parts: Parts): void {
  const { source, edits, functions, imports } = parts;
  const start = statement.getStart(source);
  if (ts.isImportDeclaration(statement)) {
    imports.push(importStatement(ts, statement, parts));
    edits.push({ start, end: statement.end, text: '' });
    return;
  }
  if (ts.isExportDeclaration(statement)) {
    edits.push({ start, end: statement.end, text: '' });
    return;
  }
  if (ts.isFunctionDeclaration(statement) && statement.name) functions.push(statement);
  if (ts.isVariableStatement(statement) && statement.declarationList.flags & ts.NodeFlags.Const) {
    const { flags } = statement.declarationList;
    const from = statement.declarationList.getStart(source);
    if ((flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const)
      edits.push({ start: from, end: from + 5, text: 'let' });
  }
  rewrite(ts, statement, parts, false);
}

/** Edits below a statement of the cell. */
function rewrite(ts: TypeScript, node: ts.Node, parts: Parts, inFunction: boolean): void {
  const { source, key, edits, hoisted } = parts;
  if (!inFunction && ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
    edits.push(...hoistVariables(ts, node, source, hoisted));
  }
  const isImport = node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent);
  const isMeta = ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword;
  const text = `${KERNEL}.${isImport ? 'import' : 'meta'}`;
  if (isImport || isMeta) edits.push({ start: node.getStart(source), end: node.end, text });
  if (!inFunction) edits.push(...holdAwaited(ts, node, source, key));
  const inner =
    inFunction || ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node);
  ts.forEachChild(node, (child) => rewrite(ts, child, parts, inner));
}
