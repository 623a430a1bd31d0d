import { runInNewContext } from 'node:vm';
import ts from 'typescript';

/** What a cell does to the others, as far as its text tells. */
export interface Reading {
  /** Names that it declares at its top level. */
  readonly declares: ReadonlySet<string>;
  /** Names that it mentions anywhere. */
  readonly mentions: ReadonlySet<string>;
  /** Of these, names that it gives to nothing of its own. */
  readonly free: ReadonlySet<string>;
  /** Does it do anything else than declaring names and showing values? */
  readonly acts: boolean;
}

/** Of all cells together, in milliseconds; honest ones take fifty. */
const LONGEST_READ = 6000;

/**
 * Reads code of students: some takes the parser for ever, a way in which one could keep all others waiting.
 *
 * @throws Error if some of it is nested so deeply that it cannot be read.
 */
export function bounded<T>(read: () => T): T {
  try {
    return runInNewContext('read()', { read }, { timeout: LONGEST_READ }) as T;
  } catch {
    parsed(''); // the parser forgets where it was
    throw new Error('bounded needs code that can be read, got some that is nested too deeply');
  }
}

const SHOWING = new Set([
  'check',
  'show',
  'grid',
  'heatmap',
  'histogram',
  'lineChart',
  'barChart',
  'scatterMatrix',
  'rocChart',
]);

/** Reads a cell as a whole. */
export function readCell(text: string): Reading {
  return readingOf(parsed(text).statements);
}

/** Reads each statement of a cell. */
export function readStatements(text: string): readonly (Reading & { readonly text: string })[] {
  const { statements } = parsed(text);
  return statements.map((statement) => ({ text: statement.getText(), ...readingOf([statement]) }));
}

function parsed(text: string): ts.SourceFile {
  return ts.createSourceFile('cell.ts', text, ts.ScriptTarget.Latest, true);
}

function readingOf(statements: readonly ts.Statement[]): Reading {
  const [mentions, binds] = [new Set<string>(), new Set<string>()];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isProperty(node)) mentions.add(node.text);
    if (ts.isIdentifier(node) && (node.parent as { readonly name?: ts.Node }).name === node) binds.add(node.text);
    ts.forEachChild(node, visit);
  };
  for (const statement of statements) visit(statement);
  const free = new Set([...mentions].filter((name) => !binds.has(name)));
  return { declares: new Set(statements.flatMap(declaredNames)), mentions, free, acts: statements.some(isAct) };
}

/** The name after a dot or before a colon is no name of a cell. */
function isProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) return parent.name === node;
  return ts.isBindingElement(parent) && parent.propertyName === node;
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  if (ts.isImportDeclaration(statement)) return importedNames(statement);
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bound(element.name) : []));
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const { name, namedBindings } = importClause ?? {};
  const own = name ? [name.text] : [];
  if (!namedBindings) return own;
  if (ts.isNamespaceImport(namedBindings)) return [...own, namedBindings.name.text];
  return [...own, ...namedBindings.elements.map((element) => element.name.text)];
}

/** Is it neither a declaration nor an expression that only shows a value? */
function isAct(statement: ts.Statement): boolean {
  if (ts.isExpressionStatement(statement)) return !isShowing(statement.expression);
  return declaredNames(statement).length === 0 && !ts.isEmptyStatement(statement);
}

function isShowing(expression: ts.Expression): boolean {
  if (ts.isAwaitExpression(expression)) return isShowing(expression.expression);
  if (ts.isNewExpression(expression) || ts.isIdentifier(expression)) return true;
  if (ts.isPropertyAccessExpression(expression) || ts.isTemplateExpression(expression)) return true;
  if (!ts.isCallExpression(expression)) return ts.isLiteralExpression(expression);
  return ts.isIdentifier(expression.expression) && SHOWING.has(expression.expression.text);
}
