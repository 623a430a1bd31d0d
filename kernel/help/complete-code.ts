// Is a cell complete, for consoles that ask on Enter.
import type ts from 'typescript';
import type { Compiler } from '../compile/compiler.js';
import type { Json } from '../threads.js';

const OPEN_TEMPLATE = 1160;
const OPEN_COMMENT = 1010;

/** The content of an is_complete_reply. */
export function completeness({ ts, isComplete }: Compiler, code: string): Json {
  const { completed, indent = '' } = isComplete(code);
  if (!completed) return { status: 'incomplete', indent };
  const { parseDiagnostics } = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest) as Parsed;
  if (parseDiagnostics.length === 0 || /\n\s*\n\s*$/.test(code)) return { status: 'complete' };
  const isOpen = parseDiagnostics.some((d) => d.code === OPEN_TEMPLATE || d.code === OPEN_COMMENT);
  return isOpen ? { status: 'incomplete', indent: '' } : { status: 'invalid' };
}

interface Parsed extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.Diagnostic[];
}
