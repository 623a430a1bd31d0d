import assert from 'node:assert/strict';
import { numpyRandom, simulateLorenz96, simulateLorenz96Members } from 'netlens';

const OPTIONS = { K: 8, J: 4, F: 18, dt: 0.002, samples: 20 } as const;

describe('simulateLorenz96Members', () => {
  it('draws the members one after the other from the stream of the seed', async () => {
    const members = await simulateLorenz96Members({ ...OPTIONS, members: 3, seed: 14 });
    assert.equal(members.length, 3);
    const stream = numpyRandom(14);
    for (const member of members) assert.deepEqual(member.Y, (await simulateLorenz96({ ...OPTIONS, seed: stream })).Y);
    assert.notDeepEqual(members[0]!.X, members[1]!.X);
  });

  it('takes the states that it is given: small errors grow', async () => {
    const one = { X: [1, 2, 3, 4, 5, 6, 7, 8] };
    const other = { X: [1, 2, 3, 4, 5, 6, 7, 8 + 1e-8] };
    const options = { K: 8, F: 18, dt: 0.005, samples: 300, stepsPerSample: 10 };
    const [a, b] = await simulateLorenz96Members({ ...options, members: [one, other] });
    const distance = (sample: number) =>
      Math.hypot(...Array.from({ length: 8 }, (_, k) => a!.X[8 * sample + k]! - b!.X[8 * sample + k]!));
    assert.ok(Math.abs(distance(0) / 1e-8 - 1) < 1e-6);
    assert.ok(distance(40) > 1e-7 && distance(40) < 1e-2);
    assert.ok(distance(299) > 1);
  });

  it('counts the progress over all members', async () => {
    const seen: number[] = [];
    const onProgress = ({ step, steps }: { step: number; steps: number }) => {
      assert.equal(steps, 3 * 190);
      seen.push(step);
    };
    await simulateLorenz96Members({ ...OPTIONS, members: 3, seed: 1, onProgress });
    assert.deepEqual(
      seen.filter((step) => step % 190 === 0),
      [190, 380, 570],
    );
  });

  it('when stopped returns those that began', async () => {
    const stop = new AbortController();
    const onProgress = ({ step }: { step: number }) => {
      if (step >= 380) stop.abort();
    };
    const members = await simulateLorenz96Members({ ...OPTIONS, members: 5, seed: 1, onProgress, signal: stop.signal });
    assert.deepEqual(
      members.map(({ stopped }) => stopped),
      [false, false],
    );
    const none = await simulateLorenz96Members({ ...OPTIONS, members: 5, seed: 1, signal: AbortSignal.abort() });
    assert.deepEqual(
      none.map(({ samples, stopped }) => [samples, stopped]),
      [[1, true]],
    );
  });

  it('refuses what is not as said before it begins, by name and value', async () => {
    const state = { X: Array(8).fill(1), Y: Array(32).fill(0) };
    const refused: [object, string, RegExp][] = [
      [{ members: 0, seed: 1 }, 'RangeError', /^simulateLorenz96Members needs whole members of at least 1, got 0$/],
      [{ members: 1.5, seed: 1 }, 'RangeError', /needs whole members of at least 1, got 1.5$/],
      [{ members: [] }, 'RangeError', /needs at least one member, got 0$/],
      [{ members: 'two', seed: 1 }, 'TypeError', /needs members that are a number or states, got 'two'$/],
      [{ members: 2 }, 'TypeError', /needs a seed that is a number or a Random, got undefined$/],
      [{ members: [state], seed: 1 }, 'TypeError', /needs a seed or initial states, got both$/],
      [{ members: [state, { ...state, X: [1] }] }, 'RangeError', /^simulateLorenz96Members needs 8 numbers in X/],
    ];
    const onProgress = () => assert.fail('began');
    for (const [wrong, name, message] of refused)
      await assert.rejects(simulateLorenz96Members({ ...OPTIONS, onProgress, ...wrong } as never), { name, message });
  });
});
