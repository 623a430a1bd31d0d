// A variable of a REPL script hides the global of that name from everybody: TypeScript, packages, the kernel. So a cell's own
// `Map` has another name in the script. Which names mean the cell's is seen from the scopes of the compiler's output.
import type ts from 'typescript';
import type { Edit } from './hoist.js';
import type { BoundFile, Internals, TypeScript } from './internals.js';
import { ownName } from './names.js';

/** What packages look for to find out where they run. */
const LOOKED_FOR = ['window', 'document', 'self', 'location', 'importScripts', 'define', 'module', 'exports'];
const globals: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(globalThis), ...LOOKED_FOR]);

interface Scope {
  readonly locals?: ReadonlyMap<string, unknown>;
}

/** Names of globals that the cell, compiled to `source`, or an earlier cell has for itself. */
export function ownNames(ts: TypeScript, source: ts.SourceFile, earlier: ReadonlySet<string>): ReadonlySet<string> {
  (ts as TypeScript & Internals).bindSourceFile(source, { target: ts.ScriptTarget.Latest });
  const declared = [...((source as BoundFile).locals?.keys() ?? [])];
  return new Set([...earlier, ...declared.filter((name) => globals.has(name))]);
}

/** The name of a cell's variable in the script. */
export function scriptName(name: string, own: ReadonlySet<string>): string {
  return own.has(name) ? ownName(name) : name;
}

/** Renames what `own` names wherever it means the cell's; functions and classes keep their names. */
export function renameOwn(ts: TypeScript, source: ts.SourceFile, own: ReadonlySet<string>): Edit[] {
  if (own.size === 0) return [];
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (isHelper(ts, node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIdentifier(node) && own.has(node.text) && isVariable(ts, node) && !isLocal(ts, node)) {
      edits.push(...renamed(ts, node, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits;
}

function renamed(ts: TypeScript, node: ts.Identifier, source: ts.SourceFile): Edit[] {
  const { parent, text } = node;
  const start = node.getStart(source);
  const name = ownName(text);
  if (ts.isFunctionDeclaration(parent) && parent.name === node) return []; // assembled under its new name
  if (ts.isClassDeclaration(parent) && parent.name === node) {
    return wrap(parent, source, { before: `let ${name} = `, after: ';' });
  }
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node)
    return [{ start, end: node.end, text: `${text}: ${name}` }];
  const isField = ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent) && parent.name === node;
  if (isField && !parent.propertyName && !parent.dotDotDotToken)
    return [{ start, end: node.end, text: `${text}: ${name}` }];
  const value = assignedTo(ts, node);
  const named = value && isAnonymous(ts, value) ? wrap(value, source, naming(text)) : [];
  return [{ start, end: node.end, text: name }, ...named];
}

function wrap(node: ts.Node, source: ts.SourceFile, { before, after }: { before: string; after: string }): Edit[] {
  const start = node.getStart(source);
  return [
    { start, end: start, text: before },
    { start: node.end, end: node.end, text: after },
  ];
}

/** An object literal gives an anonymous function the name that its variable would have given it. */
function naming(name: string): { before: string; after: string } {
  return { before: `({ ${name}: `, after: ` }).${name}` };
}

function assignedTo(ts: TypeScript, node: ts.Identifier): ts.Expression | undefined {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer;
  const isTarget = ts.isBinaryExpression(parent) && parent.left === node;
  return isTarget && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? parent.right : undefined;
}

function isAnonymous(ts: TypeScript, value: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(value)) return isAnonymous(ts, value.expression);
  return ts.isArrowFunction(value) || ((ts.isFunctionExpression(value) || ts.isClassExpression(value)) && !value.name);
}

/** Is this identifier a variable, not the name of a property or label? */
function isVariable(ts: TypeScript, node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isMetaProperty(parent) || ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  const isMember = ts.isClassElement(parent) || ts.isObjectLiteralElementLike(parent);
  return !isMember || ts.isShorthandPropertyAssignment(parent) || parent.name !== node;
}

/** Is the name declared between here and the top of the cell? */
function isLocal(ts: TypeScript, { text, parent }: ts.Identifier): boolean {
  const found = ts.findAncestor(parent, (scope) => {
    if (ts.isSourceFile(scope)) return 'quit';
    if ((scope as Scope).locals?.has(text)) return true;
    return (ts.isFunctionExpression(scope) || ts.isClassExpression(scope)) && scope.name?.text === text;
  });
  return found !== undefined;
}

/** A function of the compiler, like `__addDisposableResource`, which needs the real globals. */
function isHelper(ts: TypeScript, node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return false;
  const { initializer, name } = node;
  return name.text.startsWith('__') && initializer?.getText().startsWith(`(this && this.${name.text})`) === true;
}
