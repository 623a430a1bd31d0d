import type ts from 'typescript';
import type { Edit } from './hoist.js';
import type { TypeScript } from './internals.js';
import { KERNEL } from './names.js';

/** What a cell awaits at its top level goes through the kernel, which holds it: `await __kernel.hold("7", value)`. */
export function holdAwaited(ts: TypeScript, node: ts.Node, source: ts.SourceFile, key: string): Edit[] {
  if (ts.isAwaitExpression(node)) return around(node.expression, source, `${KERNEL}.hold(${JSON.stringify(key)}, `);
  if (!ts.isForOfStatement(node) || !node.awaitModifier) return [];
  return around(node.expression, source, `${KERNEL}.holdEach(${JSON.stringify(key)}, `);
}

function around(node: ts.Node, source: ts.SourceFile, before: string): Edit[] {
  const start = node.getStart(source);
  return [
    { start, end: start, text: before },
    { start: node.end, end: node.end, text: ')' },
  ];
}
