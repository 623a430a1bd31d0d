// What is known about the name at a position, for inspect_request.
import type ts from 'typescript';
import type { Internals, TypeScript } from './internals.js';

interface At {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly position: number;
}

/** Of the name at the position; inside the arguments of a call, of what is called. */
export function quickInfo(ts: TypeScript & Internals, { file, checker, position }: At): ts.QuickInfo | undefined {
  const touching = ts.getTouchingPropertyName(file, position);
  for (const node of [touching, calledAround(ts, touching)]) {
    const symbol = node && node !== file ? checker.getSymbolAtLocation(node) : undefined;
    if (!node || !symbol) continue;
    const around = ts.getContainerNode(node);
    const display = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind;
    const { symbolKind, ...info } = display(checker, symbol, file, around, node);
    return { kind: symbolKind, kindModifiers: '', textSpan: ts.createTextSpanFromNode(node, file), ...info };
  }
  return undefined;
}

function calledAround(ts: TypeScript, inside: ts.Node): ts.Node | undefined {
  const call = ts.findAncestor(inside, (node) => ts.isCallExpression(node) || ts.isNewExpression(node));
  if (!call || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return undefined;
  const { expression } = call;
  return ts.isPropertyAccessExpression(expression) ? expression.name : expression;
}
