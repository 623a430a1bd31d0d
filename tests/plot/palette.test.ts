import assert from 'node:assert/strict';
import { diverging, style, translucent } from '../../lib/plot/palette.js';

function channels(colour: string): [number, number, number] {
  return [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16) / 255) as [number, number, number];
}

// Relative luminance as WCAG 2.2 defines it.
function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05);
}

// Lightness L* of CIE 1976.
function lightness(colour: string): number {
  const y = luminance(colour);
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

// How colours look without the red, the green or the blue cones: the matrices of Machado, Oliveira and Fernandes (2009), severity 1.
const blindness = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seen(colour: string, matrix: readonly number[]): number[] {
  const light = channels(colour).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return [0, 3, 6].map((row) => light.reduce((sum, value, i) => sum + value * matrix[row + i]!, 0));
}

describe('the look of series', () => {
  const styles = Array.from({ length: 42 }, (_, i) => style(i));

  it('differs in more than colour: the first six differ in dashes, marks and filling', () => {
    for (const key of ['colour', 'dash', 'symbol', 'pattern'] as const) {
      assert.equal(new Set(styles.slice(0, 6).map((look) => look[key])).size, 6, key);
    }
  });

  it('differs for the first 42 series', () => {
    assert.equal(new Set(styles.map(({ colour, dash }) => `${colour} ${dash}`)).size, 42);
  });

  it('stands out from white paper by 3 to 1 for the first five series', () => {
    for (const { colour } of styles.slice(0, 5)) assert.ok(contrast(colour, '#FFFFFF') >= 3, colour);
  });

  it('has colours that can be told apart with every kind of colour blindness', () => {
    const colours = styles.slice(0, 7).map(({ colour }) => colour);
    for (const [kind, matrix] of Object.entries(blindness)) {
      for (const [i, one] of colours.entries()) {
        for (const other of colours.slice(i + 1)) {
          const [a, b] = [seen(one, matrix), seen(other, matrix)];
          assert.ok(Math.hypot(...a.map((value, k) => value - b[k]!)) > 0.05, `${one} and ${other}, ${kind}`);
        }
      }
    }
  });

  it('can be made translucent', () => {
    assert.equal(translucent('#0072B2', 0.2), 'rgba(0, 114, 178, 0.2)');
  });
});

describe('the diverging colour map', () => {
  const stops = diverging as [number, string][];

  it('is white in the middle and equally dark on both sides', () => {
    assert.equal(stops[2]![1], '#FFFFFF');
    for (const [i, j] of [
      [0, 4],
      [1, 3],
    ] as const) {
      assert.ok(Math.abs(lightness(stops[i]![1]) - lightness(stops[j]![1])) < 4, `stops ${i} and ${j}`);
    }
  });

  it('has ends that can be told apart with every kind of colour blindness', () => {
    for (const [kind, matrix] of Object.entries(blindness)) {
      const [low, high] = [seen(stops[0]![1], matrix), seen(stops[4]![1], matrix)];
      assert.ok(Math.hypot(...low.map((value, k) => value - high[k]!)) > 0.1, kind);
    }
  });
});
