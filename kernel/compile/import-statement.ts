import type ts from 'typescript';
import type { TypeScript } from './internals.js';
import { KERNEL, namespaceVariable } from './names.js';
import { scriptName } from './own-names.js';

interface Scope {
  /** Of the cell, for the kernel. */
  readonly key: string;
  /** Names of globals that cells have for themselves. */
  readonly own: ReadonlySet<string>;
}

/**
 * An import of a cell as statements of a script. Uses of an imported name read the namespace, kept in a variable of its
 * own; the name itself is declared too, for `eval` and for functions of cells that knew another variable of that name.
 */
export function importStatement(ts: TypeScript, statement: ts.ImportDeclaration, { key, own }: Scope): string {
  const { importClause: clause, moduleSpecifier } = statement;
  const specifier = JSON.stringify((moduleSpecifier as ts.StringLiteral).text);
  const load = `await ${KERNEL}.hold(${JSON.stringify(key)}, ${KERNEL}.import(${specifier}))`;
  const bindings = clause?.namedBindings;
  const star = bindings && ts.isNamespaceImport(bindings) ? [scriptName(bindings.name.text, own)] : [];
  const names = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
  const imported = names.map(({ propertyName, name }) => ({ local: name.text, exported: (propertyName ?? name).text }));
  if (clause?.name) imported.push({ local: clause.name.text, exported: 'default' });

  const [first, ...others] = [...star, ...imported.map(({ local, exported }) => namespaceVariable(local, exported))];
  if (first === undefined) return `${load};`;
  const holders = [`${first} = ${load}`, ...others.map((variable) => `${variable} = ${first}`)];
  const copies = imported.map(({ local, exported }) => `${JSON.stringify(exported)}: ${scriptName(local, own)}`);
  return `let ${holders.join(', ')};${copies.length > 0 ? `let { ${copies.join(', ')} } = ${first};` : ''}`;
}
