// Does once what would make the first kernel slow: reads, checks and compiles what notebooks import, and saves TypeScript's
// code cache. Run in the notebooks' folder, with the flags of kernel.json:
//   node --experimental-vm-modules --no-force-async-hooks-checks build/kernel/ahead.js {what they import} …
import { realpathSync } from 'node:fs';
import { loadTypeScript } from './compile/code-cache.js';
import { createCompiler } from './compile/compiler.js';
import { homeFrom } from './home.js';
import { createModules } from './run/modules.js';
import { createPositions } from './run/positions.js';

const specifiers = process.argv.slice(2);
const home = homeFrom(import.meta.dirname) ?? process.cwd();
const { typescript, saveCache } = loadTypeScript(home);
const compiler = createCompiler(typescript, { home, cwd: realpathSync(process.cwd()) });
const modules = createModules({ ...compiler, positions: createPositions(home), builtin: new Map() });
compiler.compile(specifiers.map((each) => `import ${JSON.stringify(each)};`).join('\n'), 'cell[0]');
saveCache();
for (const specifier of specifiers) await modules.load(specifier, compiler.cellFile);
