// Imported names follow later changes in their module: each use of one becomes a property of the module's namespace.
// The declarations of earlier cells keep their imports, so this works for names that an earlier cell imported too.
import type ts from 'typescript';
import type { BoundFile, TypeScript } from './internals.js';
import { namespaceVariable } from './names.js';

/** A name that an import declares, and the name under which the module exports it. */
export interface ImportedName {
  readonly local: string;
  readonly exported: string;
}

type ImportDeclaration = ts.ImportSpecifier | ts.ImportClause;

/** The imported name that this symbol stands for, if it is one. `import * as name` is live anyway. */
function importedName(ts: TypeScript, symbol: ts.Symbol | undefined): ImportedName | undefined {
  const declaration = symbol?.declarations?.find(
    (d): d is ImportDeclaration => ts.isImportSpecifier(d) || (ts.isImportClause(d) && d.name !== undefined),
  );
  if (!declaration?.name) return undefined;
  const local = declaration.name.text;
  if (ts.isImportClause(declaration)) return { local, exported: 'default' };
  return { local, exported: (declaration.propertyName ?? declaration.name).text };
}

/** Names of a cell that earlier cells had imported: functions of those cells must now see the new meaning. */
export function redeclaredImports(ts: TypeScript, cell: BoundFile, previous: BoundFile): ImportedName[] {
  const names = [...(cell.locals?.keys() ?? [])];
  return names.flatMap((name) => {
    const before = importedName(ts, previous.locals?.get(name));
    const now = importedName(ts, cell.locals?.get(name));
    return before && before.exported !== now?.exported ? [before] : [];
  });
}

/** Rewrites the uses of imported names in the cell. */
export function liveImports(ts: TypeScript, checker: ts.TypeChecker): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const { factory } = context;

    function access({ local, exported }: ImportedName): ts.Expression {
      const namespace = factory.createIdentifier(namespaceVariable(local, exported));
      return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(exported)
        ? factory.createPropertyAccessExpression(namespace, exported)
        : factory.createElementAccessExpression(namespace, factory.createStringLiteral(exported));
    }
    /** The engine reports a call by its parenthesis: start and end both lead to the start of the name. */
    function at<T extends ts.Node>(node: T, original: ts.Node): T {
      const start = original.getStart();
      return ts.setSourceMapRange(node, { pos: start, end: start });
    }

    function identifier(node: ts.Identifier): ts.Expression {
      const name = importedName(ts, checker.getSymbolAtLocation(node));
      if (!name || name.local !== node.text) return node;
      const value = at(access(name), node);
      if (!isCalled(ts, node)) return value;
      return at(
        factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), value)),
        node,
      );
    }

    function shorthand(node: ts.ShorthandPropertyAssignment): ts.Node {
      const name = importedName(ts, checker.getShorthandAssignmentValueSymbol(node));
      return name ? at(factory.createPropertyAssignment(node.name, access(name)), node) : node;
    }

    function visit(node: ts.Node): ts.Node {
      if (ts.isIdentifier(node)) return isExpression(ts, node) ? identifier(node) : node;
      if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
      if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || isType(ts, node)) return node;
      return ts.visitEachChild(node, visit, context);
    }
    return (file) => ts.visitEachChild(file, visit, context);
  };
}

/** Called through a property, a function would get the namespace as `this`. */
function isCalled(ts: TypeScript, node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) return isCalled(ts, parent);
  if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) return isCalled(ts, parent);
  if (ts.isCallExpression(parent)) return parent.expression === node;
  return ts.isTaggedTemplateExpression(parent) && parent.tag === node;
}

/** Types disappear; but what a class extends is written like a type and stays. */
function isType(ts: TypeScript, node: ts.Node): boolean {
  if (ts.isHeritageClause(node)) return node.token === ts.SyntaxKind.ImplementsKeyword;
  return ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node);
}

/** Is this identifier a value that is read, not the name of a property, declaration or label? */
function isExpression(ts: TypeScript, node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent) || ts.isImportEqualsDeclaration(parent)) return false;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  return !(ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent));
}
