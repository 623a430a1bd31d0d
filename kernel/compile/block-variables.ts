// `var` in a block or loop belongs to the cell; the compiler leaves it out of the cell's declarations.
import type ts from 'typescript';
import type { BoundFile, TypeScript } from './internals.js';

/** Declarations of these variables. */
export function blockVariables(ts: TypeScript, checker: ts.TypeChecker, cell: BoundFile): string {
  const { NoTruncation, UseFullyQualifiedType } = ts.TypeFormatFlags;
  const isInBlock = (declaration: ts.Declaration): boolean => {
    const list = ts.findAncestor(declaration, ts.isVariableDeclarationList);
    return list !== undefined && !(ts.isVariableStatement(list.parent) && list.parent.parent === cell);
  };
  return [...(cell.locals?.values() ?? [])]
    .filter(({ declarations }) => declarations?.every(isInBlock))
    .map((symbol) => {
      const type = checker.typeToString(checker.getTypeOfSymbol(symbol), cell, NoTruncation | UseFullyQualifiedType);
      return `declare let ${symbol.name}: ${type};\n`;
    })
    .join('');
}
