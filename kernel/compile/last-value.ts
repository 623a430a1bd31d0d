// `expression;` at the end of a cell becomes `__kernel.values["7"] = (expression);`.
import type ts from 'typescript';
import type { TypeScript } from './internals.js';
import { KERNEL } from './names.js';

/**
 * Stores the value of the last expression under the key of the cell. It runs before TypeScript's own transformations, so
 * it works inside the `try` that a top-level `using` becomes.
 */
export function lastValue(ts: TypeScript, key: () => string): ts.TransformerFactory<ts.SourceFile> {
  return ({ factory }) =>
    (file) => {
      const at = file.statements.findLastIndex((s) => !ts.isExportDeclaration(s) && !ts.isEmptyStatement(s));
      const last = file.statements[at];
      if (!last) return file;
      const values = factory.createPropertyAccessExpression(factory.createIdentifier(KERNEL), 'values');
      const store = (value: ts.Expression) => {
        const slot = factory.createElementAccessExpression(values, factory.createStringLiteral(key()));
        return factory.createAssignment(slot, factory.createParenthesizedExpression(value));
      };
      const stored = ts.isExpressionStatement(last)
        ? factory.updateExpressionStatement(last, store(last.expression))
        : ts.isExportAssignment(last) // export default
          ? factory.createExpressionStatement(store(last.expression))
          : last;
      return factory.updateSourceFile(file, file.statements.with(at, stored));
    };
}
