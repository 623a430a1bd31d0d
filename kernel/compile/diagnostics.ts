// What the type checker finds in a cell and in the files that it imports.
import type ts from 'typescript';
import type { TypeScript } from './internals.js';
import type { CellFiles } from './program.js';
import { reservedNames } from './reserved-names.js';
import type { Verdicts } from './verdicts.js';

/** A mistake; `file` is undefined if it is in the cell itself. Line and column count from 1. */
export interface Problem {
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly code: number;
  readonly text: string;
}

/** Of one compilation: mistakes, and what a declaration file could not name. */
interface Findings {
  readonly errors: readonly ts.Diagnostic[];
  readonly declaration: readonly ts.Diagnostic[];
}

const BROWSER_ONLY = /^Cannot find name '(prompt|alert|confirm|document|window|localStorage)'.*/s;
const UNKNOWN_NAME = 2304;

/** `cellFile` is the cell, `previousFile` the declarations of earlier cells. */
export function createChecker(
  ts: TypeScript,
  { cell: cellFile, previous: previousFile }: CellFiles,
  verdicts: Verdicts,
) {
  const clean = new Set<string>(); // files of the project without mistakes
  let findings: Findings = { errors: [], declaration: [] };

  function errorsIn(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
    const all = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return all.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  }

  const isOfProject = ({ fileName }: ts.SourceFile): boolean =>
    fileName !== cellFile && fileName !== previousFile && !fileName.includes('/node_modules/');

  function errorsInProject(program: ts.Program, files: readonly ts.SourceFile[]): ts.Diagnostic[] {
    const names = files.map(({ fileName }) => fileName);
    const open = files.filter(({ fileName }) => !clean.has(fileName));
    if (open.length === 0) return [];
    const found = verdicts.areClean(names) ? [] : open.flatMap((file) => errorsIn(program, file));
    if (found.length > 0) return found;
    for (const name of names) clean.add(name);
    verdicts.rememberClean(names);
    return [];
  }

  function check(program: ts.Program, files: readonly ts.SourceFile[]): readonly ts.Diagnostic[] {
    const cell = files.find(({ fileName }) => fileName === cellFile);
    const errors = errorsInProject(program, files.filter(isOfProject));
    if (cell) errors.push(...errorsIn(program, cell), ...reservedNames(ts, cell));
    findings = { errors, declaration: cell && errors.length === 0 ? program.getDeclarationDiagnostics(cell) : [] };
    return [...findings.errors, ...findings.declaration];
  }

  function problem({ file, start, length, code, messageText }: ts.Diagnostic): Problem {
    const at = file && start !== undefined ? file.getLineAndCharacterOfPosition(start) : { line: 0, character: 0 };
    const isCell = file?.fileName === cellFile;
    const text = helpful(ts.flattenDiagnosticMessageText(messageText, '\n'), isCell && code === UNKNOWN_NAME);
    return {
      file: isCell ? undefined : file?.fileName,
      line: at.line + (isCell ? 0 : 1), // tslab puts a line in front of the cell
      column: at.character + 1,
      length: length ?? 1,
      code,
      text,
    };
  }

  return {
    check,
    findings: () => findings,
    problems: (list: readonly ts.Diagnostic[]): Problem[] => list.map(problem),
    /** Files were edited: a clean one may be wrong now. */
    forget: (): void => clean.clear(),
  };
}

/** TypeScript knows nothing of browsers that are not there, nor of cells that have not been run. */
function helpful(text: string, isUnknownName: boolean): string {
  if (BROWSER_ONLY.test(text))
    return text.replace(BROWSER_ONLY, "Cannot find name '$1': browsers have it, the code of a notebook runs in Node.");
  return isUnknownName ? `${text} If another cell declares it, run that cell first.` : text;
}
