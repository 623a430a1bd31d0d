// TypeScript keeps the structure of its program, which saves a tenth of a second, while every file imports the same modules in the
// same order. So the cell and the declarations of earlier cells count as importing all that an accepted cell has imported.
import type ts from 'typescript';
import type { BoundFile, TypeScript } from './internals.js';

type Literal = ts.StringLiteralLike;

export type SteadyImports = ReturnType<typeof createSteadyImports>;

export function createSteadyImports(ts: TypeScript) {
  const known = new Map<string, Literal>(); // by module, in the order of the first import
  const standIns = new Set<Literal>();

  function extended(own: readonly Literal[]): readonly Literal[] {
    const found = new Map(known);
    for (const literal of own) found.set(literal.text, literal);
    return [...found.values()];
  }

  return {
    /** Before TypeScript notes what the file imports. */
    extend(file: ts.SourceFile): void {
      let imports: readonly Literal[] | undefined;
      Object.defineProperty(file, 'imports', {
        get: () => imports,
        set: (own: readonly Literal[]) => {
          imports = extended(own);
        },
      });
    },
    /** The names of the modules that the file itself imports. */
    ownImports: ({ imports }: BoundFile): readonly string[] =>
      imports.filter((literal) => !standIns.has(literal)).map(({ text }) => text),
    /** An accepted cell has imported these modules. */
    remember(names: readonly string[]): void {
      for (const name of names) {
        if (known.has(name)) continue;
        const standIn = importOf(ts, name);
        known.set(name, standIn);
        standIns.add(standIn);
      }
    },
  };
}

function importOf(ts: TypeScript, name: string): Literal {
  const code = `import ${JSON.stringify(name)};`;
  const [statement] = ts.createSourceFile('import.ts', code, ts.ScriptTarget.Latest, true).statements;
  return (statement as ts.ImportDeclaration).moduleSpecifier as ts.StringLiteral;
}
