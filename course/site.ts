// npm run site: the executed notebooks as pages under build/site, their solutions folded. What has not run yet, or has changed
// since it ran, is executed first.
import { join, relative } from 'node:path';
import { readCourse } from './course.js';
import { takeOnly } from './setup/help.mjs';
import { type Executed, executed } from './site/executed.js';
import { headOf } from './site/head.js';
import { writeSite } from './site/write.js';
import { root } from './tools.js';

takeOnly(import.meta.filename);
const folder = join(root, 'build', 'site');

async function site(): Promise<void> {
  const sources = await readCourse();
  // What a page needs is asked for before minutes of work.
  for (const source of sources) headOf(source);
  const course: Executed[] = [];
  for (const source of sources) {
    process.stdout.write(source.name.padEnd(24));
    const each = await executed(source);
    console.log(each.seconds === undefined ? 'has run before' : `ran for ${each.seconds.toFixed(1)} s`);
    course.push(each);
  }
  await writeSite(course, folder);
  console.log(`${relative(root, join(folder, 'index.html'))} written`);
}

try {
  await site();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
