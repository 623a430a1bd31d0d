import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** Replaces a stretch of code. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `var` of a cell, wherever it stands: its names go to `hoisted`, to be declared at the start, and it is assigned in place. */
export function hoistVariables(
  ts: TypeScript,
  list: ts.VariableDeclarationList,
  source: ts.SourceFile,
  hoisted: Set<string>,
): Edit[] {
  for (const { name } of list.declarations) for (const each of boundNames(ts, name)) hoisted.add(each);
  const [first] = list.declarations;
  if (!first) return [];
  const { parent } = list;
  const inLoopHead = (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === list;
  const asPattern = !inLoopHead && !ts.isIdentifier(first.name); // an assignment, which must not look like a block
  const edits: Edit[] = [{ start: list.getStart(source), end: first.getStart(source), text: asPattern ? '(' : '' }];
  if (asPattern) edits.push({ start: list.end, end: list.end, text: ')' });
  if (inLoopHead) return edits;
  const empty = list.declarations.filter(({ initializer }) => !initializer);
  return [...edits, ...empty.map((d) => ({ start: d.getStart(source), end: d.end, text: 'void 0' }))];
}

function boundNames(ts: TypeScript, name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(ts, element.name)));
}
