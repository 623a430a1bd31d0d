// Cells run as fast as programs. Ratios, not times: both sides run here, one after the other, and the best of three counts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { notebook } from './notebook.js';
import { pause, until } from './within.js';

const LOOP = 'let sum = 0; for (let i = 0; i < 50_000_000; i += 1) sum += i % 7;';
const ARRAY =
  'const xs = new Float64Array(1_000_000).fill(1.5); let sum = 0; for (let turn = 0; turn < 30; turn += 1) for (let i = 0; i < xs.length; i += 1) sum += xs[i]';

describe('Speed', () => {
  const { run, value } = notebook();
  const best = async (measure: () => number | Promise<number>): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) times.push(await measure());
    return Math.min(...times);
  };
  const cell = (code: string): Promise<number> =>
    best(async () => Number(await value(`const begin = performance.now(); ${code}; performance.now() - begin`)));
  const script = (code: string): Promise<number> =>
    best(() => {
      const timed = `const begin = performance.now(); (() => { ${code} })(); console.log(performance.now() - begin)`;
      return Number(execFileSync(process.env['NETLENS_NODE'] ?? process.execPath, ['-e', timed]).toString());
    });

  it('of a loop in a block is that of a script', async () => {
    const [ours, theirs] = [await cell(`{ ${LOOP} }`), await script(LOOP)];
    assert.ok(ours < 3 * theirs + 20, `${ours} ms, script ${theirs} ms`);
  });

  it('of a loop in a function is that of a script', async () => {
    const [ours, theirs] = [await cell(`function work() { ${LOOP} return sum } work()`), await script(LOOP)];
    assert.ok(ours < 3 * theirs + 20, `${ours} ms, script ${theirs} ms`);
  });

  it('of a loop over top-level variables is within 12 times that of a script', async () => {
    const [ours, theirs] = [await cell(LOOP), await script(LOOP)];
    assert.ok(ours < 12 * theirs + 20, `${ours} ms, script ${theirs} ms`);
  });

  it('of a loop over an array of an earlier cell is within 12 times that of a script', async () => {
    await run('const xs = new Float64Array(1_000_000).fill(1.5);');
    const loop =
      'let total = 0; for (let turn = 0; turn < 30; turn += 1) for (let i = 0; i < xs.length; i += 1) total += xs[i] ?? 0';
    const [ours, theirs] = [await cell(loop), await script(ARRAY)];
    assert.ok(ours < 12 * theirs + 20, `${ours} ms, script ${theirs} ms`);
  });

  it('of a library function called from a cell is that of a script', async () => {
    const code =
      'const parsed = Array.from({ length: 300 }, () => JSON.parse(JSON.stringify(Array.from({ length: 1000 }, (_, i) => ({ i })))));';
    const [ours, theirs] = [await cell(`{ ${code} }`), await script(code)];
    assert.ok(ours < 3 * theirs + 50, `${ours} ms, script ${theirs} ms`);
  });

  it('of cells does not fall as a notebook grows', async () => {
    const ten = async (): Promise<number> => {
      const begin = performance.now();
      for (let i = 0; i < 10; i += 1) await run(`const grown${i} = { i: ${i} };`);
      return performance.now() - begin;
    };
    await ten();
    const early = await ten();
    for (let i = 0; i < 60; i += 1) await run(`const more${i} = [${i}];`);
    const late = await ten();
    assert.ok(late < 4 * early + 200, `10 cells: ${early} ms, later ${late} ms`);
  });
});

describe('Memory', () => {
  const { run, value } = notebook();
  const megabytes = async (what: string): Promise<number> =>
    Number(await value(`const { rss, heapTotal, heapUsed } = process.memoryUsage(); (${what}) / 1e6;`));
  /** Looks after three idle seconds, as a rule; on a busy machine again and again. */
  const whenIdle = (condition: () => Promise<boolean>, what: string): Promise<void> =>
    until(() => pause(3).then(condition), 20, what);

  it('of an idle kernel is below 250 MB', async () => {
    await run("const first = 'cell';");
    await whenIdle(async () => (await megabytes('rss')) < 250, 'less than 250 MB are resident');
  });

  it('that the engine keeps for nothing is given back when the kernel is idle', async () => {
    await run('{ let many = Array.from({ length: 2_000_000 }, (_, i) => ({ i })); many = many.slice(0, 10); }');
    await whenIdle(async () => (await megabytes('heapTotal - heapUsed')) < 80, 'less than 80 MB are unused');
  });

  it('of values that nobody can reach is given back', async () => {
    await run(
      "import { setFlagsFromString } from 'node:v8'; import { runInNewContext } from 'node:vm'; setFlagsFromString('--expose-gc'); const collect = runInNewContext('gc') as () => void;",
    );
    await run(
      'class Large { data = new Float64Array(100_000); } const large = () => new Large(); const refs: WeakRef<Large>[] = []; const keep = (x: Large) => { refs.push(new WeakRef(x)); return x; };',
    );
    for (const code of [
      'keep(large())',
      'console.log(keep(large()))',
      '{ const local = keep(large()); void local; }',
      'let gone: Large | undefined = keep(large()); gone = undefined;',
    ])
      await run(code);
    await run('try { throw keep(large()) } catch {}');
    await run('await Promise.resolve(keep(large()));');
    await run('1');
    await run('await new Promise((r) => setTimeout(r, 20)); collect();');
    assert.equal(await value('collect(); refs.filter((ref) => ref.deref() !== undefined).length'), '0');
  });
});
