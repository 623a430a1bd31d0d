// npm run bench [-- setup kernel notebooks derivatives attribution simulation profile grading]: measures and writes the tables into bench/README.md.
import { readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { answerHelp } from '../course/setup/help.mjs';
import { attributionTable, derivativesTable, simulationTable } from './derivatives.js';
import { gradingTable } from './grading.js';
import { kernelTable } from './kernel.js';
import { notebookTable } from './notebooks.js';
import { profileTable } from './profile.js';
import { setupTable } from './setup.js';

const tables: Readonly<Record<string, () => Promise<string>>> = {
  setup: setupTable,
  kernel: kernelTable,
  notebooks: notebookTable,
  derivatives: derivativesTable,
  attribution: attributionTable,
  simulation: simulationTable,
  profile: profileTable,
  grading: gradingTable,
};
const file = join(import.meta.dirname, 'README.md');

answerHelp(import.meta.filename);
const all = Object.keys(tables);
const names = process.argv.length > 2 ? process.argv.slice(2) : all;
const unknown = names.find((name) => !all.includes(name));
if (unknown !== undefined) {
  console.error(`npm run bench needs names of tables (${all.join(', ')}), got ${unknown}`);
  process.exit(2);
}

for (const name of names) {
  const measure = tables[name]!;
  console.log(`${name} …`);
  const text = `${await measure()}\n\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.version}`;
  console.log(`${text}\n`);
  await writeFile(file, replaceSection(await readFile(file, 'utf8'), name, text));
}

/** Puts a text between the page's marks of that name. */
function replaceSection(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`bench/README.md needs the marks ${begin} and ${end}, got none`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}
