// @ts-check
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Failure } from './failure.mjs';
import { run } from './run.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';

/** @typedef {import('./project.mjs').Project} Project */

/**
 * The step that compiles a folder of TypeScript when its sources are not those of the last complete build.
 *
 * @param {{ title: string, source: string, output: readonly string[], entry: string }} unit
 * @returns {import('./steps.mjs').Step}
 */
function compile({ title, source, output, entry }) {
  /** @param {Project} project */
  const stampOf = ({ build }) => join(build, `${source}.built.json`);
  return {
    title,
    isReady: (project) =>
      existsSync(join(project.root, ...output, entry)) &&
      readStamp(stampOf(project))?.['sources'] === describeSources(project, source),

    async make(project) {
      const sources = describeSources(project, source);
      const complete = readStamp(stampOf(project)) && existsSync(join(project.root, ...output, entry));
      // What an unfinished build has written is not to be trusted: the compiler starts anew.
      if (!complete) rmSync(join(project.build, `${source}.tsbuildinfo`), { force: true });
      removeStamp(stampOf(project));
      const tsc = join(project.modules, 'typescript', 'bin', 'tsc');
      const command = [process.execPath, tsc, '-p', source, '--noEmitOnError', '--pretty', 'false'];
      const { code, output: said } = await run(command, { cwd: project.root });
      if (code !== 0) throw new Failure(`${source}/ does not compile.`, { output: said, help: `npx tsc -p ${source}` });
      removeOrphans(join(project.root, source), join(project.root, ...output));
      writeStamp(stampOf(project), { sources });
    },
  };
}

export const library = compile({ title: 'Library', source: 'lib', output: ['dist'], entry: 'index.js' });
export const kernel = compile({ title: 'Kernel', source: 'kernel', output: ['build', 'kernel'], entry: 'main.js' });

/**
 * Everything the build depends on, as one text: names, sizes and times of the sources, and the compiler.
 *
 * @param {Project} project
 * @param {string} source
 */
function describeSources({ root, modules }, source) {
  const folder = join(root, source);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const others = [join(root, 'tsconfig.json'), join(modules, 'typescript', 'package.json')];
  return [...files.sort(), ...others]
    .map((path) => {
      const { size, mtimeMs } = statSync(path);
      return `${relative(root, path)} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

/**
 * Removes what was compiled from sources that are no more.
 *
 * @param {string} source
 * @param {string} output
 */
function removeOrphans(source, output) {
  for (const entry of readdirSync(output, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const origin = relative(output, path).replace(/(\.d)?\.[jt]s(\.map)?$/, '.ts');
    if (entry.isFile() && !existsSync(join(source, origin))) rmSync(path);
  }
}
