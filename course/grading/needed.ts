import { runInNewContext } from 'node:vm';
import ts from 'typescript';

/** What a cell does to the others, as far as its text tells. */
interface Reading {
  /** Names that it declares at its top level. */
  readonly declares: ReadonlySet<string>;
  /** Names that it mentions anywhere. */
  readonly mentions: ReadonlySet<string>;
  /** Does it do anything else than declaring names and showing values? */
  readonly acts: boolean;
}

/** Of all cells together, in milliseconds; honest ones take fifty. */
const LONGEST_READ = 3000;

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

/**
 * The cells that others stand on, by index: those that declare what is mentioned, directly or by way of each other, those that
 * act on it, and those that act and declare nothing. What only shows something is left out: an exercise need not wait for
 * figures and trainings that it does not use.
 *
 * @param cells - the code above, in order.
 * @param wanted - the code that is to run.
 * @throws Error if some of it is nested so deeply that it cannot be read.
 */
export function neededCells(cells: readonly string[], wanted: readonly string[]): ReadonlySet<number> {
  try {
    // Some code takes the parser for ever: a way in which one student could keep all others waiting.
    return runInNewContext('find()', { find: () => foundNeeded(cells, wanted) }, { timeout: LONGEST_READ });
  } catch {
    readCell(''); // the parser forgets where it was
    throw new Error('neededCells needs code that can be read, got some that is nested too deeply');
  }
}

function foundNeeded(cells: readonly string[], wanted: readonly string[]): ReadonlySet<number> {
  const readings = cells.map(readCell);
  const names = new Set(wanted.flatMap((text) => [...readCell(text).mentions]));
  const needed = new Set<number>();
  for (let before = -1; before < needed.size; ) {
    before = needed.size;
    for (const [index, reading] of readings.entries()) {
      if (needed.has(index) || !isNeeded(reading, names)) continue;
      needed.add(index);
      for (const name of reading.mentions) names.add(name);
    }
  }
  return needed;
}

function isNeeded({ declares, mentions, acts }: Reading, names: ReadonlySet<string>): boolean {
  if (acts && declares.size === 0) return true;
  return [...declares].some((name) => names.has(name)) || (acts && [...mentions].some((name) => names.has(name)));
}

function readCell(text: string): Reading {
  const source = ts.createSourceFile('cell.ts', text, ts.ScriptTarget.Latest, true);
  const declares = new Set(source.statements.flatMap(declaredNames));
  const mentions = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isProperty(node)) mentions.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { declares, mentions, acts: source.statements.some(isAct) };
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
