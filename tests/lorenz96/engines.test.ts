import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { binaryFile, binaryModule, compileKernels } from '../../course/kernels.js';
import { compiledEngine } from '../../lib/lorenz96/compiled.js';
import { type CouplingTime, completeRun } from '../../lib/lorenz96/options.js';
import { plainEngine } from '../../lib/lorenz96/plain.js';
import { simulate } from '../../lib/lorenz96/simulate.js';
import type { Lorenz96State } from '../../lib/lorenz96/state.js';
import { hasVectors } from '../../lib/webassembly.js';

describe('the engines of Lorenz-96', () => {
  it('are two where the machine has vectors', () => assert.ok(hasVectors()));

  for (const [K, J] of [
    [4, 0],
    [5, 0],
    [4, 1],
    [5, 1],
    [6, 2],
    [7, 3],
    [8, 32],
    [9, 4],
  ] as const)
    for (const coupling of ['synchronous', 'lagged'] satisfies CouplingTime[])
      it(`give the same bits for K = ${K}, J = ${J}, ${coupling}`, async () => {
        const parameters = { K, J, F: 11, h: 0.9, b: 9, c: 8 };
        const run = (start: { seed: number } | { initial: Lorenz96State }) =>
          completeRun('engines', { ...parameters, samples: 40, stepsPerSample: 7, dt: 0.004, coupling }, start);
        const plain = await simulate(run({ seed: 3 }), plainEngine);
        const compiled = await simulate(run({ seed: 3 }), compiledEngine);
        for (const variable of ['X', 'Y', 'coupling'] as const)
          assert.deepStrictEqual(plain[variable], compiled[variable], variable);
        assert.deepStrictEqual(plain.final, compiled.final);
        const more = await simulate(run({ initial: compiled.final }), plainEngine);
        assert.deepStrictEqual((await simulate(run({ initial: plain.final }), compiledEngine)).Y, more.Y);
      });

  it('do not disturb each other when runs take turns, and leave nothing behind for the next', async () => {
    const run = (seed: number, K: number, J: number) =>
      completeRun('engines', { K, J, F: 18, samples: 4000, dt: 0.002 }, { seed });
    const sizes: readonly (readonly [K: number, J: number])[] = [
      [8, 5],
      [9, 0],
      [7, 6],
    ];
    const alone = [];
    for (const [seed, size] of sizes.entries()) alone.push((await simulate(run(seed, ...size), compiledEngine)).X);
    const unstable = completeRun('engines', { K: 9, J: 6, F: 18, samples: 50, dt: 0.3 }, { seed: 1 });
    await assert.rejects(simulate(unstable, compiledEngine));
    const together = await Promise.all(sizes.map((size, seed) => simulate(run(seed, ...size), compiledEngine)));
    assert.deepEqual(
      together.map(({ X }) => X),
      alone,
    );
  });

  it('fail in the same step, with the same number', async () => {
    for (const [K, dt] of [
      [5, 0.1],
      [8, 0.3],
      [4, 1],
    ] as const) {
      const run = completeRun('engines', { K, J: 6, F: 18, samples: 50, dt }, { seed: 1 });
      const said = await simulate(run, plainEngine).catch(String);
      assert.match(String(said), /^Error: engines needs finite numbers, in step \d+ /);
      assert.equal(await simulate(run, compiledEngine).catch(String), said);
    }
  });

  it('are up to date with their sources', () => {
    const text = binaryModule('lorenz96', compileKernels('lorenz96'));
    assert.ok(readFileSync(binaryFile('lorenz96'), 'utf8') === text, 'npm run kernels');
  }).timeout(60_000);
});
