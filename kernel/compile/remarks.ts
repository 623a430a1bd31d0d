// Documentation comments. TypeScript passes over them when it reads a file, which halves the time that this takes; where
// somebody wants help, the comments of that file are read afterwards.
import type ts from 'typescript';
import type { TypeScript } from './internals.js';

interface Documented extends ts.Node {
  jsDoc?: readonly ts.JSDoc[];
}

const complete = new WeakSet<ts.SourceFile>();

/** Gives the nodes of a file their documentation comments. */
export function readRemarks(ts: TypeScript, file: ts.SourceFile): void {
  if (complete.has(file)) return;
  complete.add(file);
  copy(ts, ts.createSourceFile(file.fileName, file.text, file.languageVersion, true), file);
}

/** Both trees are of the same text, so they have the same shape. */
function copy(ts: TypeScript, from: Documented, to: Documented): void {
  if (from.jsDoc) {
    to.jsDoc = from.jsDoc;
    for (const remark of from.jsDoc) Object.assign(remark, { parent: to });
  }
  const children = childrenOf(ts, to);
  for (const [i, child] of childrenOf(ts, from).entries()) copy(ts, child, children[i]!);
}

function childrenOf(ts: TypeScript, node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}
