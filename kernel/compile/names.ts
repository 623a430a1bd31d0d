// Names that compiled cells use and nobody should see.

/** The kernel's object; see run/notebook.ts. */
export const KERNEL = '__kernel';

const IMPORT = '__import_';
const JOINER = '\u200d'; // may stand in a name, and nobody sees it: messages of the engine read as if it were not there

/** The variable that holds what a cell calls `name`, where a global has that name. */
export function ownName(name: string): string {
  return name + JOINER;
}

/** The variable that holds the namespace from which `local` is imported under the name `exported`. */
export function namespaceVariable(local: string, exported: string): string {
  const encoded = exported.replace(/[^\w$]/gu, (c) => `$${c.codePointAt(0)?.toString(16)}$`);
  return IMPORT + (exported === local ? local : `${local}__as__${encoded}`);
}

/** A message or stack trace of the engine, with the names that the author of the cell wrote. */
export function plainNames(text: string): string {
  return text
    .replace(/\(0 ?, ?(__import_[\p{ID_Continue}$]+\.[\p{ID_Continue}$]+)\)/gu, '$1')
    .replace(
      /__import_([\p{ID_Continue}$]+?)(?:__as__[\w$]+)?(?:\.[\p{ID_Continue}$]+|(?![\p{ID_Continue}$.]))/gu,
      '$1',
    )
    .replace(/(?<=[\w$])\u200d(?![\p{ID_Continue}$])/gu, '');
}

/** Is this a name that a cell cannot have? */
export function isReserved(name: string): boolean {
  return name === KERNEL || name.startsWith(IMPORT);
}

/** Is this a name of the kernel or of tslab? */
export function isInternal(name: string): boolean {
  return isReserved(name) || /^(__tslab|__prev__|tsLastExpr)/.test(name);
}
