import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * The program of a worker thread (`eval: true`) that runs a module beside the one that starts it.
 *
 * The library runs as built JavaScript, or as its TypeScript source (in the course's notebooks, in tests) through tsx.
 *
 * @param from - the starter's `import.meta.url`.
 * @param name - the module's file name without its ending.
 */
export function workerEntry(from: string, name: string): string {
  const load = `import(${JSON.stringify(new URL(`./${name}${isSource(from) ? '.ts' : '.js'}`, from).href)});`;
  if (!isSource(from)) return load;
  const tsx = pathToFileURL(createRequire(from).resolve('tsx/esm')).href;
  return `require('node:module').register(${JSON.stringify(tsx)}, { data: true }); ${load}`;
}

/** Whether a module runs as source: its threads start five times as slowly then. */
export function isSource(url: string): boolean {
  return url.endsWith('.ts');
}
