// What is known about the name at a position, for inspect_request.
import type ts from 'typescript';
import type { Internals, TypeScript } from './internals.js';
import { readRemarks } from './remarks.js';

interface At {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly position: number;
}

/** Of the name at the position, or just before it; inside the arguments of a call, of what is called. */
export function quickInfo(ts: TypeScript & Internals, { file, checker, position }: At): ts.QuickInfo | undefined {
  const touching = ts.getTouchingPropertyName(file, position);
  const before = ts.findPrecedingToken(position, file);
  for (const node of [touching, before, calledAround(ts, touching), calledAround(ts, before)]) {
    const symbol = node && node !== file ? symbolAt(ts, checker, node) : undefined;
    if (!node || !symbol) continue;
    for (const declaration of declarationsOf(ts, checker, symbol)) readRemarks(ts, declaration.getSourceFile());
    const around = ts.getContainerNode(node);
    const display = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind;
    const { symbolKind, documentation = [], ...info } = display(checker, symbol, file, around, node);
    const known = documentation.length > 0 ? documentation : remarkBefore(ts, symbol);
    const textSpan = ts.createTextSpanFromNode(node, file);
    return { kind: symbolKind, kindModifiers: '', textSpan, ...info, documentation: known };
  }
  return undefined;
}

/** A property in an object that is written for some type is that type's, which has the documentation. */
function symbolAt(ts: TypeScript, checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  const { parent } = node;
  const inLiteral =
    (ts.isPropertyAssignment(parent) && parent.name === node) || ts.isShorthandPropertyAssignment(parent);
  const wanted = inLiteral ? checker.getContextualType(parent.parent) : undefined;
  return wanted?.getProperty(node.getText()) ?? checker.getSymbolAtLocation(node);
}

/** Where the documentation of a symbol may stand: it, what it is another name of, what it is when called. */
function declarationsOf(ts: TypeScript, checker: ts.TypeChecker, symbol: ts.Symbol): ts.Declaration[] {
  const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const type = checker.getTypeOfSymbol(meant);
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  const called = signatures.flatMap((signature) => (signature.declaration as ts.Declaration | undefined) ?? []);
  return [symbol, meant].flatMap(({ declarations }) => declarations ?? []).concat(called);
}

/** TypeScript overlooks the documentation of a member that is written on the line of the opening brace. */
function remarkBefore(ts: TypeScript, symbol: ts.Symbol): ts.SymbolDisplayPart[] {
  const [declaration] = symbol.declarations ?? [];
  if (!declaration || !ts.isTypeElement(declaration)) return [];
  const { text } = declaration.getSourceFile();
  const remarks = ts.getTrailingCommentRanges(text, declaration.pos) ?? [];
  return remarks
    .map(({ pos, end }) => /^\/\*\*\s*(.*?)\s*\*\/$/s.exec(text.slice(pos, end))?.[1])
    .flatMap((remark) => (remark ? [{ kind: 'text', text: remark.replace(/\s*\n\s*\* ?/g, '\n') }] : []));
}

/** The name of what is called around a node, if the node is among the arguments. */
function calledAround(ts: TypeScript, inside: ts.Node | undefined): ts.Node | undefined {
  const call = ts.findAncestor(inside, (node) => ts.isCallExpression(node) || ts.isNewExpression(node));
  if (!call || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return undefined;
  const { expression } = call;
  return ts.isPropertyAccessExpression(expression) ? expression.name : expression;
}
