// Stack traces in TypeScript positions, without the frames of the kernel.
import { pathToFileURL } from 'node:url';
import { IMPORTER } from './packages.js';
import type { Positions } from './positions.js';

const INTERNAL = /^node:(internal|inspector|vm|async_hooks|diagnostics_channel)|\/typescript\/lib\/typescript\.js$/;

type Site = NodeJS.CallSite & { getScriptNameOrSourceURL(): string | null };

/** From now on every stack trace names cells and TypeScript files; frames of files in `kernelFolder` are left out. */
export function installStackTraces(positions: Positions, kernelFolder: string): void {
  const kernel = pathToFileURL(kernelFolder).href;
  const isInternal = (file: string) => INTERNAL.test(file) || file.startsWith(kernel) || file.endsWith(`/${IMPORTER}`);
  Error.stackTraceLimit = 30;
  Error.prepareStackTrace = (error, sites) => {
    const lines: string[] = [];
    let ours = 0; // lines up to the last one of a cell or the library
    for (const site of sites as Site[]) {
      const file = site.getFileName() || site.getScriptNameOrSourceURL() || '';
      const line = located(site, file, positions);
      if (line) ours = lines.push(line);
      else if (!positions.has(file) && !isInternal(file)) lines.push(`\n    at ${site}`);
    }
    // Below the cell there is only the machinery that runs it.
    while (lines.length > ours && /\(?node:/.test(lines.at(-1) ?? '')) lines.pop();
    return heading(error) + lines.join('');
  };
}

function located(site: Site, file: string, positions: Positions): string | undefined {
  const line = site.getLineNumber() ?? 0;
  const column = site.getColumnNumber() ?? 0;
  const at = positions.locate(file, { line, column });
  if (!at) return undefined;
  const text = String(site)
    .replace(`${file}:${line}:${column}`, `${at.file}:${at.line}:${at.column}`)
    .replace(/^(async )?<anonymous> \((.*)\)$/, '$1$2') // the cell itself
    .replace(/^(async )?Module\./, '$1');
  return `\n    at ${text}`;
}

function heading(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
