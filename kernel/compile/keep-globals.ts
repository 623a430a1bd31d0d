// The declarations of earlier cells mean globals by their names. Where a cell takes such a name for itself, `Event` becomes
// `globalThis.Event` in them, so that what was an Event before stays one.
import type ts from 'typescript';
import type { BoundFile, TypeScript } from './internals.js';

interface Files {
  readonly cell: BoundFile;
  /** The declarations of earlier cells. */
  readonly previous: BoundFile;
}

/** The text of the earlier declarations, changed where the cell hides a global that they mean. */
export function keepGlobals(ts: TypeScript, checker: ts.TypeChecker, { cell, previous }: Files): string {
  const hidden = new Set<string>();
  for (const { name } of cell.locals?.values() ?? []) {
    if (!previous.locals?.has(name) && previous.text.includes(name)) hidden.add(name);
  }
  if (hidden.size === 0) return previous.text;
  const places: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && hidden.has(node.text) && isReference(ts, node)) {
      const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
      const isGlobal = declarations.length > 0 && declarations.every((each) => each.getSourceFile() !== previous);
      if (isGlobal) places.push(node.getStart(previous));
    }
    ts.forEachChild(node, visit);
  };
  visit(previous);
  return places.reduceRight((text, at) => `${text.slice(0, at)}globalThis.${text.slice(at)}`, previous.text);
}

/** Does the identifier say where a type or value is to be found? */
function isReference(ts: TypeScript, node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isTypeReferenceNode(parent)) return parent.typeName === node;
  if (ts.isTypeQueryNode(parent)) return parent.exprName === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  return ts.isExpressionWithTypeArguments(parent) && parent.expression === node;
}
