import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** One runnable example of the documentation: where it stands and its code. */
export interface Example {
  readonly place: string;
  readonly code: string;
}

/** The examples (`@example`) in the doc comments of a folder's TypeScript files. */
export function docExamples(folder: string, root: string): readonly Example[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort()
    .flatMap((file) => {
      const path = join(folder, file);
      const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
      return source.statements.flatMap((statement) =>
        ts
          .getJSDocTags(statement)
          .filter((tag) => tag.tagName.text === 'example')
          .map((tag) => ({
            place: `${relative(root, path)}:${source.getLineAndCharacterOfPosition(tag.getStart()).line + 1}`,
            code: ts.getTextOfJSDocComment(tag.comment) ?? '',
          })),
      );
    });
}

/** The code blocks marked `ts` of a Markdown page. */
export function pageExamples(path: string, root: string): readonly Example[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => ({
    place: `${relative(root, path)}:${text.slice(0, match.index).split('\n').length}`,
    code: match[1]!,
  }));
}

/** Where an example's names come from. */
export interface Home {
  readonly entry: string;
  readonly names: readonly string[];
}

const PROMISE = /^[ ;]*\/\/ (=>|≈) (.*)$/;

/**
 * The example as a module that checks itself: `expression // => value` becomes an exact comparison, `// ≈ value` one to
 * the digits shown. What an example does not import itself is taken from where it stands; `tf` is TensorFlow.js.
 */
export function exampleModule({ code }: Example, { entry, names }: Home): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const imported = importedNames(source);
  let body = code;
  for (const statement of [...source.statements].reverse()) {
    const rest = code.slice(statement.end).split('\n', 1)[0]!;
    const promise = PROMISE.exec(rest);
    if (!promise || !ts.isExpressionStatement(statement)) continue;
    const expression = statement.expression.getText(source);
    const check = `${promise[1] === '≈' ? 'checkClose' : 'checkEqual'}(await (${expression}), (${promise[2]!.trim()}), ${JSON.stringify(promise[2]!.trim())});`;
    body = code.slice(0, statement.getStart(source)) + check + body.slice(statement.end + rest.length);
  }
  const free = names.filter((name) => !imported.has(name) && new RegExp(`\\b${name}\\b`).test(code));
  return [
    `import { checkClose, checkEqual } from '../../tests/promises.ts';`,
    free.length > 0 ? `import { ${free.join(', ')} } from '${entry}';` : '',
    imported.has('tf') || !/\btf\./.test(code) ? '' : `import * as tf from '@tensorflow/tfjs';`,
    body,
  ].join('\n');
}

/** How many promises (`// =>`, `// ≈`) an example makes. */
export function promises({ code }: Example): number {
  return code.split('\n').filter((line) => /\/\/ (=>|≈) /.test(line)).length;
}

function importedNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings)) for (const { name } of bindings.elements) names.add(name.text);
    if (bindings && ts.isNamespaceImport(bindings)) names.add(bindings.name.text);
    if (statement.importClause?.name) names.add(statement.importClause.name.text);
  }
  return names;
}
