// npm run site: the executed notebooks as pages under build/site, their solutions folded. What has not run yet, or has changed
// since it ran, is executed first.
import { join, relative } from 'node:path';
import { readCourse } from './course.js';
import { takeNoArguments } from './setup/help.mjs';
import { type Executed, executed } from './site/executed.js';
import { writeSite } from './site/write.js';
import { root } from './tools.js';

takeNoArguments(import.meta.filename);
const folder = join(root, 'build', 'site');
const course: Executed[] = [];
for (const source of await readCourse()) {
  process.stdout.write(source.name.padEnd(24));
  const each = await executed(source);
  console.log(each.seconds === undefined ? 'has run before' : `ran for ${each.seconds.toFixed(1)} s`);
  course.push(each);
}
await writeSite(course, folder);
console.log(`${relative(root, join(folder, 'index.html'))} written`);
