// The pieces of a cell in the order of the script, and where each was copied from.
import type ts from 'typescript';
import type { Edit } from './hoist.js';
import { scriptName } from './own-names.js';

/** A stretch of the script that was copied from, or stands for, the compiler's output at `at`. */
interface Segment {
  readonly from: number;
  readonly length: number;
  readonly at: number;
}

export interface Script {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Names of globals that this or an earlier cell has for itself. */
  readonly own: ReadonlySet<string>;
}

/** What a script is made of. */
export interface Parts {
  /** The compiler's output. */
  readonly source: ts.SourceFile;
  /** Of the cell, for the kernel. */
  readonly key: string;
  readonly edits: Edit[];
  /** Names of `var`. */
  readonly hoisted: Set<string>;
  readonly functions: ts.FunctionDeclaration[];
  readonly imports: string[];
  /** Names of globals that this or an earlier cell has for itself. */
  readonly own: ReadonlySet<string>;
}

/** Puts the parts into one script; `forwards` are statements for its start. */
export function assemble(
  { source, edits, hoisted, functions, imports, own }: Parts,
  name: string,
  forwards: string[],
): Script {
  const output = source.text;
  const segments: Segment[] = [];
  let text = '';
  const add = (piece: string, at?: number) => {
    if (at !== undefined && piece) segments.push({ from: text.length, length: piece.length, at });
    text += piece;
  };
  const copy = (start: number, end: number) => {
    let at = start;
    for (const edit of edits) {
      if (edit.start < at || edit.end > end) continue;
      add(output.slice(at, edit.start), at);
      add(edit.text, edit.start);
      at = edit.end;
    }
    add(output.slice(at, end), at);
  };

  add(`'use strict';`);
  if (hoisted.size > 0) add(`let ${[...hoisted].map((each) => scriptName(each, own)).join(', ')};`);
  for (const piece of forwards) add(piece);
  for (const declared of functions) {
    const { text: called = '', end = declared.end } = declared.name ?? {};
    add(`let ${scriptName(called, own)} = `);
    copy(declared.getStart(source), declared.name?.getStart(source) ?? declared.end);
    if (own.has(called)) add(called); // by which it is known, since its variable has another
    copy(end, declared.end);
    add(';');
  }
  for (const piece of imports) add(piece);
  add('\n');
  let at = 0;
  for (const declared of functions) {
    copy(at, declared.getStart(source));
    at = declared.end;
  }
  copy(at, output.length);
  add(`\n;void 0;\n//# sourceURL=${name}`);
  return { text, segments, own };
}
