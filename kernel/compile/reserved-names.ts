import type ts from 'typescript';
import type { TypeScript } from './internals.js';
import { isReserved } from './names.js';

const CONFLICT = 2397; // TypeScript's code for a declaration that conflicts with a built-in global

/** A cell that uses names of the kernel itself would stop all later ones: where it does. */
export function reservedNames(ts: TypeScript, cell: ts.SourceFile): ts.Diagnostic[] {
  if (!cell.text.includes('__')) return [];
  const found: ts.Diagnostic[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isReserved(node.text)) {
      const messageText = `The name '${node.text}' belongs to the kernel: take another.`;
      const start = node.getStart(cell);
      const category = ts.DiagnosticCategory.Error;
      found.push({ file: cell, start, length: node.end - start, code: CONFLICT, category, messageText });
    }
    ts.forEachChild(node, visit);
  };
  visit(cell);
  return found.slice(0, 1);
}
