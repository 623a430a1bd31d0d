import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { numpyRandom } from 'netlens';
import { binaryFile, binaryModule, compileKernels } from '../../course/kernels.js';
import { KINDS } from '../../lib/dense/activation.js';
import type { Engine, Kernels } from '../../lib/dense/engine/kernels.js';
import { compiledEngine } from '../../lib/dense/engine/webassembly.js';
import { plainEngine } from '../../lib/dense/twins/engine.js';

const PRECISIONS = ['float64', 'float32'] as const;
const ROWS = 16;

/** A kernel's call; `at(count)` gives the address of so many random numbers, what is there afterwards is compared, and the result. */
type Call = (kernels: Kernels, at: (count: number) => number) => unknown;

/** Everything the call leaves behind, as text, so that NaN and -0 count. */
function traces(engine: Engine, call: Call, special: boolean): readonly unknown[] {
  const { memory } = engine;
  return memory.borrow(() => {
    const random = numpyRandom(3);
    const blocks: { address: number; count: number }[] = [];
    const at = (count: number): number => {
      const address = memory.reserve(count);
      const values = random.normal(0, 2, count);
      if (special) values.forEach((_, i) => (values[i] = SPECIAL[(7 * i + count) % 23] ?? values[i]!));
      memory.view(address, count).set(values);
      blocks.push({ address, count });
      return address;
    };
    const result = call(engine.kernels, at);
    return [result, ...blocks.map(({ address, count }) => Array.from(memory.view(address, count)))];
  });
}

const SPECIAL = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  1e-30,
  -1e-30,
  40,
  -40,
  800,
  -800,
];

function sameBits(call: Call, special = true): void {
  for (const precision of PRECISIONS) {
    const compiled = traces(compiledEngine(precision), call, special);
    assert.deepStrictEqual(traces(plainEngine(precision), call, special), compiled, precision);
  }
}

const CALLS: Readonly<Record<string, Call>> = {
  toBlock: (k, at) => k.toBlock(at(3 * ROWS), at(3 * 5), 5, 3, ROWS),
  toRows: (k, at) => k.toRows(at(3 * 5), at(3 * ROWS), 5, 3, ROWS),
  toSingle: (k, at) => k.toSingle(at(11), 11),
  fill: (k, at) => k.fill(at(3 * ROWS), at(3), 3, ROWS),
  affine: (k, at) => k.affine(at(5 * ROWS), at(5 * 4), at(3 * ROWS), 5, 3, ROWS),
  product: (k, at) => k.product(at(5 * ROWS), at(5 * 4), 4, at(3 * ROWS), 0, 5, 3, ROWS, 0),
  'product with a factor': (k, at) => k.product(at(5 * ROWS), at(5 * 3), 3, at(3 * ROWS), at(5 * ROWS), 5, 3, ROWS, 0),
  'product that is added': (k, at) => k.product(at(4 * ROWS), at(4 * 3), 3, at(3 * ROWS), 0, 4, 3, ROWS, 1),
  softmax: (k, at) => k.softmax(at(4 * ROWS), 4, ROWS),
  ratios: (k, at) => k.ratios(at(3 * ROWS), at(3 * ROWS), 0.3, 3 * ROWS),
  'ratios without a stabiliser': (k, at) => k.ratios(at(3 * ROWS), at(3 * ROWS), 0, 3 * ROWS),
  scaleRows: (k, at) => k.scaleRows(at(6 * ROWS), at(6 * ROWS), at(3 * ROWS), 3, 2, ROWS),
  scaleMatrix: (k, at) => k.scaleMatrix(at(6 * ROWS), at(3 * 4), 4, at(3 * ROWS), 3, 2, ROWS),
  addCurvature: (k, at) =>
    k.addCurvature(at(6 * ROWS), at(4 * ROWS), at(4 * ROWS), at(12 * ROWS), at(4 * ROWS), 4, 3, ROWS),
  bend: (k, at) => k.bend(at(24 * ROWS), at(24 * ROWS), at(12 * ROWS), at(4 * ROWS), at(4 * ROWS), 4, 3, ROWS),
  addTorsion: (k, at) =>
    k.addTorsion(at(10 * ROWS), at(4 * ROWS), at(4 * ROWS), at(4 * ROWS), at(12 * ROWS), at(24 * ROWS), 4, 3, ROWS),
  headFirst: (k, at) => k.headFirst(at(5 * 7), 7, at(3 * ROWS), at(ROWS), 3, 5, ROWS),
  headSecond: (k, at) => k.headSecond(at(5 * 9), at(3 * ROWS), at(6 * ROWS), at(ROWS), at(ROWS), 3, 5, ROWS),
  headThird: (k, at) =>
    k.headThird(at(5 * 27), at(3 * ROWS), at(6 * ROWS), at(10 * ROWS), at(ROWS), at(ROWS), at(ROWS), 3, 5, ROWS),
  timesInputs: (k, at) => k.timesInputs(at(5 * 4 * 7), at(5 * 7), 5, 4, 7),
  clearWhereZero: (k, at) => k.clearWhereZero(at(5 * 4 * 3), at(4 * ROWS), 5, 4, 3, ROWS),
  areFinite: (k, at) => {
    const numbers = at(21);
    k.toSingle(numbers, 21);
    return [0, 1, 3, 8, 21].map((count) => k.areFinite(numbers, count));
  },
  'messages and relevance handed down': (k, at) => {
    const [messages, relevance, z, lists] = [at(5 * 7 * ROWS), at(5 * 3 * ROWS), at(5 * ROWS), at(5 * 8)];
    const [activations, biases, room] = [at(5 * ROWS), at(ROWS), at(3 * ROWS)];
    const [weights, bounds] = [at(2 * 7 * ROWS), at(4 * ROWS)];
    const bytes = room - biases;
    k.listUnits(lists, messages, relevance, 5, 3, 7, bytes, bytes);
    for (const side of [0, 1, -1])
      for (const spread of [0, 3]) {
        const places = [messages, lists, activations, z, side, weights, bounds, biases] as const;
        k.addMessages(...places, -0.7, 0.1, spread, room, 2, 5, 7, bytes, bytes);
      }
    k.handDown(at(5 * 3 * ROWS), relevance, messages, lists, 5, 3, 7, bytes, bytes);
    const own = at(5 * 7 * ROWS);
    k.handDownOwn(own, relevance, messages, 5, 7, bytes, bytes);
    k.unpadded(at(35 * 9), own, 35, 9, bytes);
  },
  reduce: (k, at) => k.reduce(at(3 * ROWS), at(4 * 3 * ROWS), at(4 * ROWS), 2, 4, 3, ROWS),
  centre: (k, at) => k.centre(at(4 * 3 * ROWS), at(3 * ROWS), at(4 * 3 * ROWS), 2, 4, 3, ROWS),
  reduceSecond: (k, at) => k.reduceSecond(at(6 * ROWS), at(4 * 3 * ROWS), at(4 * ROWS), 4, 3, ROWS),
  reduceThird: (k, at) => k.reduceThird(at(10 * ROWS), at(4 * 3 * ROWS), at(4 * 6 * ROWS), at(4 * ROWS), 1, 4, 3, ROWS),
};

describe('the plain twins of the kernels give the same bits', () => {
  for (const [name, call] of Object.entries(CALLS)) {
    it(`as ${name}`, () => {
      sameBits(call, false);
      sameBits(call);
    });
  }

  for (const [kind, name] of KINDS.entries()) {
    it(`as ${name} with its derivatives`, () => {
      const activate: Call = (k, at) => k.activate(kind, 0.3, at(1024), at(1024), at(1024), at(1024), 1024);
      sameBits(activate, false);
      sameBits(activate);
      sameBits((k, at) => k.activate(kind, 1, at(64), 0, 0, 0, 64));
    });
  }
});

describe('compiled kernels', () => {
  for (const binary of ['float64', 'float32', 'training'] as const) {
    it(`are what the sources give: ${binary}`, () => {
      const text = binaryModule(binary, compileKernels(binary));
      assert.ok(readFileSync(binaryFile(binary), 'utf8') === text, 'npm run kernels');
    });
  }
});
