// Stop: whatever a cell does, it ends within two seconds and the notebook goes on with its state.
import assert from 'node:assert/strict';
import { startKernel } from './client.js';
import type { Execution } from './execution.js';
import { notebook } from './notebook.js';
import { createProject } from './project.js';
import { pause } from './within.js';

/** Work that never ends by itself. Where it starts by a timer, it says `begun` there. */
const ENDLESS: Readonly<Record<string, string>> = {
  'a loop': 'console.log("begun"); while (true) {}',
  'a loop in a function': 'const spin = () => { for (;;); }; console.log("begun"); spin();',
  'a loop over top-level variables': 'let turns = 0; console.log("begun"); for (;;) turns += 1;',
  'a loop with finally': 'console.log("begun"); for (;;) { try { for (;;); } finally { for (;;); } }',
  'a loop that catches everything': 'console.log("begun"); for (;;) { try { for (;;) JSON.parse("["); } catch {} }',
  'a generator':
    'function* all() { for (let i = 0; ; i++) yield i } console.log("begun"); for (const i of all()) if (i < 0) break;',
  'an awaiting loop': 'console.log("begun"); while (true) await null;',
  'for await':
    'async function* all() { for (let i = 0; ; i++) yield i } console.log("begun"); for await (const i of all()) if (i < 0) break;',
  'a chain of promises':
    'const again = (): Promise<void> => Promise.resolve().then(again); console.log("begun"); await again();',
  'a chain of microtasks behind the cell': 'const more = () => queueMicrotask(more); console.log("begun"); more();',
  nextTick: 'const tick = () => process.nextTick(tick); console.log("begun"); tick(); await new Promise(() => {});',
  'a loop in nextTick': 'process.nextTick(() => { console.log("begun"); for (;;); }); await new Promise(() => {});',
  'a promise that never settles': 'console.log("begun"); await new Promise(() => {});',
  'promises that never settle, caught':
    'console.log("begun"); for (;;) { try { await new Promise(() => {}); } catch {} }',
  'a loop after an await': 'await new Promise((r) => setTimeout(r, 10)); console.log("begun"); while (true) {}',
  'a loop in a timer while the cell waits':
    'setTimeout(() => { console.log("begun"); while (true) {} }, 10); await new Promise(() => {});',
  'an interval that floods': 'setInterval(() => console.log("begun"), 0); await new Promise(() => {});',
  'a loop of sleeps': 'for (;;) { console.log("begun"); await new Promise((r) => setTimeout(r, 5)); }',
  'a loop of setImmediate':
    'const soon = () => setImmediate(soon); console.log("begun"); soon(); await new Promise(() => {});',
  'a loop of promised timers':
    'import * as timers from "node:timers/promises"; console.log("begun"); for await (const _ of timers.setInterval(1)) {}',
  printing: 'while (true) console.log("begun".repeat(20));',
  'a regular expression': 'console.log("begun"); /(a+)+$/.test("a".repeat(40) + "b")',
  'a huge array': 'console.log("begun"); for (;;) Array.from({ length: 1e7 }, (_, i) => i).sort(() => 0);',
  'Atomics.wait': 'console.log("begun"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  WebAssembly:
    'const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11]);' +
    'const { Instance, Module } = Reflect.get(globalThis, "WebAssembly"); console.log("begun"); new Instance(new Module(bytes)).exports.f();',
  'a module': 'import "../lib/endless.js";',
  'a dynamic import': 'await import("../lib/endless.js");',
  'the display of the value': '({ [Symbol.for("Jupyter.display")]() { console.log("begun"); for (;;); } })',
  'a display that never settles':
    '({ [Symbol.for("Jupyter.display")]() { console.log("begun"); return new Promise(() => {}); } })',
  'the text of the value': '({ [Symbol.for("nodejs.util.inspect.custom")]() { console.log("begun"); for (;;); } })',
  'the text of a thrown value':
    'throw { [Symbol.for("nodejs.util.inspect.custom")]() { console.log("begun"); for (;;); } }',
};

describe('Stop', () => {
  const project = createProject({
    'package.json': '{ "name": "sample", "type": "module" }',
    'lib/endless.ts': 'console.log("begun"); for (;;); export {};',
    'notebooks/.keep': '',
  });
  after(() => project.remove());
  const { kernel, run, value } = notebook({ cwd: project.path('notebooks') });
  const ways = { 'a message': () => kernel().interrupt(), SIGINT: () => kernel().signal('SIGINT') };

  /** Runs a cell, stops it when it has begun, and gives the outcome and the seconds that it took to stop. */
  async function stop(code: string, way: () => unknown): Promise<{ outcome: Execution; seconds: number }> {
    let begun = (): void => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const ended = kernel().execute(code, {
      seconds: 15,
      onOutput: (output) => {
        if (output.type === 'stream' && output.text.includes('begun')) begun();
      },
    });
    await Promise.race([running, ended]);
    await pause(0.03);
    const start = performance.now();
    way();
    return { outcome: await ended, seconds: (performance.now() - start) / 1000 };
  }

  for (const [name, way] of Object.entries(ways)) {
    describe(`by ${name} ends`, () => {
      for (const [title, code] of Object.entries(ENDLESS)) {
        it(title, async () => {
          await run('let kept = 7;');
          const { outcome, seconds } = await stop(code, way);
          assert.equal(outcome.status, 'error', `it ended by itself: ${JSON.stringify(outcome.result)}`);
          assert.equal(outcome.error?.ename, 'Interrupted');
          assert.ok(seconds < 2, `it took ${seconds.toFixed(1)} s`);
          assert.equal(await value('kept += 1; kept'), '8');
        });
      }
    });
  }

  it('ends what the cell has started in the background', async () => {
    await stop(
      'setInterval(() => console.log("begun"), 5); (async () => { for (;;) { console.log("loop"); await new Promise((r) => setTimeout(r, 5)); } })(); await new Promise(() => {});',
      ways['a message'],
    );
    await pause(0.1);
    assert.equal((await run('await new Promise((r) => setTimeout(r, 100));')).stdout, '');
  });

  it('ends a loop that was left in the background by an earlier cell', async () => {
    await run('setTimeout(() => { for (;;); }, 20);');
    await pause(0.1);
    const answer = kernel().execute('"alive"', { seconds: 10 });
    await pause(0.1);
    await kernel().interrupt();
    assert.equal((await answer).reply['status'] !== undefined, true);
    assert.equal(await value('"alive"'), "'alive'");
  });

  it('does nothing to a notebook that is idle', async () => {
    await run('const kept = 1;');
    for (const way of Object.values(ways)) {
      for (let i = 0; i < 3; i += 1) void way();
      await pause(0.3);
      assert.equal(await value('kept'), '1');
    }
  });

  it('twice is the same as once', async () => {
    for (const code of ['console.log("begun"); for (;;);', 'console.log("begun"); await new Promise(() => {});']) {
      const { outcome } = await stop(code, () => {
        void kernel().interrupt();
        void kernel().interrupt();
        kernel().signal('SIGINT');
      });
      assert.equal(outcome.error?.ename, 'Interrupted');
      await pause(0.5);
      assert.equal(await value('"next"'), "'next'");
    }
  });

  it('while the cell is being compiled leaves the compiler whole', async () => {
    for (let delay = 0; delay < 60; delay += 6) {
      const ended = kernel().execute(`const compiled${delay} = { a: [${delay}] }; await new Promise(() => {});`, {
        seconds: 10,
      });
      await pause(delay / 1000);
      await kernel().interrupt();
      await pause(0.3);
      await kernel().interrupt();
      assert.equal((await ended).status, 'error');
      assert.equal(await value('[1, 2].map((x) => x + 1)'), '[ 2, 3 ]');
    }
  });

  it('lets a cell end by itself that watches the signal', async () => {
    const { outcome } = await stop(
      `const { signal } = (globalThis as unknown as { __notebook: { signal: AbortSignal } }).__notebook;
      console.log('begun');
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      'ended by itself'`,
      ways['a message'],
    );
    assert.deepEqual([outcome.status, outcome.result?.['text/plain']], ['ok', "'ended by itself'"]);
  });

  it('ends a cell that has looked at the signal and ignores it', async () => {
    const { outcome, seconds } = await stop(
      `const aborted = (globalThis as unknown as { __notebook: { signal: AbortSignal } }).__notebook.signal;
      console.log('begun', aborted.aborted);
      await new Promise(() => {});`,
      ways['a message'],
    );
    assert.equal(outcome.error?.ename, 'Interrupted');
    assert.ok(seconds < 2);
  });

  it('aborts what was given the signal', async () => {
    const { outcome } = await stop(
      `import { setTimeout as wait } from 'node:timers/promises';
      console.log('begun');
      await wait(60_000, undefined, { signal: (globalThis as unknown as { __notebook: { signal: AbortSignal } }).__notebook.signal });`,
      ways['a message'],
    );
    assert.equal(outcome.status, 'error');
    assert.equal(
      await value('(globalThis as unknown as { __notebook: { signal: AbortSignal } }).__notebook.signal.aborted'),
      'false',
    );
  });

  it('keeps the values that the cell had already computed', async () => {
    await stop(
      'let steps = 0; const done = "before"; console.log("begun"); for (;;) { steps += 1; await null; }',
      ways['a message'],
    );
    assert.equal(await value('steps > 0 && done'), "'before'");
  });

  it('discards the cells that were waiting behind it', async () => {
    const first = stop('console.log("begun"); for (;;);', ways['a message']);
    const second = kernel().execute('"second"');
    assert.equal((await first).outcome.status, 'error');
    assert.equal((await second).status, 'aborted');
  });

  it('ends cells that wait while the kernel still starts', async () => {
    const kernel = await startKernel();
    try {
      const waiting = ['for (;;);', '1'].map((code) => kernel.execute(code, { seconds: 5 }));
      await pause(0.05); // a message on another channel may overtake them
      await kernel.interrupt();
      for (const { status } of await Promise.all(waiting)) assert.notEqual(status, 'ok');
      assert.equal((await kernel.execute('1 + 1')).result?.['text/plain'], '2');
    } finally {
      await kernel.stop();
    }
  });

  it('keeps the state through stops at random moments', async () => {
    await run('let sure = 0;');
    for (let round = 1; round <= 8; round += 1) {
      const work = [
        'for (;;);',
        'for (;;) await null;',
        'await new Promise(() => {});',
        '[1].forEach(() => { for (;;); })',
      ][round % 4];
      const ended = kernel().execute(`sure += 1; console.log('started'); ${work}`, { seconds: 10 });
      await kernel().output((output) => output.type === 'stream');
      await pause(((round * 37) % 20) / 100);
      await kernel().interrupt();
      assert.equal((await ended).error?.ename, 'Interrupted');
      assert.equal(await value('sure'), String(round));
    }
  });
});
