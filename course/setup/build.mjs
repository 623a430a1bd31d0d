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
 * @param {{ title: string, source: string, output: readonly string[] }} unit
 * @returns {import('./steps.mjs').Step}
 */
function compile({ title, source, output }) {
  /** @param {Project} project */
  const stampOf = ({ build }) => join(build, `${source}.built.json`);
  /** @param {Project} project */
  const isWhole = (project) => {
    const files = /** @type {string[] | undefined} */ (readStamp(stampOf(project))?.['files']);
    return files?.every((name) => existsSync(join(project.root, ...output, name))) ?? false;
  };
  return {
    title,
    isReady: (project) =>
      isWhole(project) && readStamp(stampOf(project))?.['sources'] === describeSources(project, source),

    async make(project) {
      const sources = describeSources(project, source);
      // What an unfinished build has written is not to be trusted, nor one of which files are gone: the compiler starts anew.
      if (!isWhole(project)) rmSync(join(project.build, `${source}.tsbuildinfo`), { force: true });
      removeStamp(stampOf(project));
      const tsc = join(project.modules, 'typescript', 'bin', 'tsc');
      const command = [process.execPath, tsc, '-p', source, '--noEmitOnError', '--pretty', 'false'];
      const { code, output: said } = await run(command, { cwd: project.root });
      if (code !== 0) throw new Failure(`${source}/ does not compile.`, { output: said, help: `npx tsc -p ${source}` });
      const folder = join(project.root, ...output);
      removeOrphans(join(project.root, source), folder);
      writeStamp(stampOf(project), {
        sources,
        files: readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort(),
      });
    },
  };
}

export const library = compile({ title: 'Library', source: 'lib', output: ['dist'] });
export const kernel = compile({ title: 'Kernel', source: 'kernel', output: ['build', 'kernel'] });

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
