import assert from 'node:assert/strict';
import { type Field, levelLines } from '../../lib/plot/level-lines.js';

const places = Array.from({ length: 41 }, (_, i) => -2 + i / 10);
const fieldOf = (f: (x: number, y: number) => number): Field => ({
  x: places,
  y: places,
  z: places.map((y) => places.map((x) => f(x, y))),
});

describe('levelLines', () => {
  it('finds a circle as one closed line', () => {
    const [circle, ...others] = levelLines(
      fieldOf((x, y) => x * x + y * y),
      1.5,
    );
    assert.equal(others.length, 0);
    assert.deepEqual([circle!.x[0], circle!.y[0]], [circle!.x.at(-1), circle!.y.at(-1)]);
    for (const [i, x] of circle!.x.entries()) assert.ok(Math.abs(Math.hypot(x, circle!.y[i]!) - Math.sqrt(1.5)) < 2e-3);
  });

  it('follows a line from edge to edge, in order', () => {
    const [line, ...others] = levelLines(
      fieldOf((x, y) => x + 2 * y),
      0.33,
    );
    assert.equal(others.length, 0);
    for (const [i, x] of line!.x.entries()) assert.ok(Math.abs(x + 2 * line!.y[i]! - 0.33) < 1e-12);
    assert.deepEqual([Math.min(...line!.x), Math.max(...line!.x)], [-2, 2]);
    const steps = line!.x.slice(1).map((x, i) => Math.hypot(x - line!.x[i]!, line!.y[i + 1]! - line!.y[i]!));
    assert.ok(Math.max(...steps) < 0.15);
  });

  it('finds every line of a level, and none where there is none', () => {
    const wave = fieldOf((x) => Math.sin(Math.PI * x));
    assert.equal(levelLines(wave, 0.5).length, 4);
    assert.deepEqual(levelLines(wave, 1.5), []);
    assert.deepEqual(levelLines({ x: [0, 1], y: [0], z: [[-1, 1]] }, 0), []);
  });

  it('keeps lines apart on a saddle, on the side that its middle says', () => {
    const saddle = {
      x: [0, 1],
      y: [0, 1],
      z: [
        [1, -1],
        [-1, 1],
      ],
    };
    const corners = (level: number): string[] =>
      levelLines(saddle, level).map(({ x, y }) =>
        [0, 1]
          .map((end) => `${x[end]} ${y[end]}`)
          .sort()
          .join(', '),
      );
    // Around the low corners while the middle, 0, is above the level; around the high ones otherwise.
    assert.deepEqual(corners(-0.5), ['0.75 0, 1 0.25', '0 0.75, 0.25 1']);
    assert.deepEqual(corners(0.5), ['0 0.25, 0.25 0', '0.75 1, 1 0.75']);
  });
});
