import { predict } from '../dense/predict.js';
import type { DenseStack } from '../dense/stack.js';
import { kinksOf, upTo } from '../derivatives/kinks.js';
import type { Paths } from './parts.js';
import { QUARTERS } from './paths.js';

/**
 * Where kinks of a network lie on straight paths: for each row increasing t, 0 first and 1 last.
 *
 * Layer by layer: between the kinks of the layers below, z of piecewise linear layers is a straight line, and where it meets a kink
 * is found from its ends. Over curved layers the places are near the kinks only.
 */
export function kinkPlaces(stack: DenseStack, paths: Paths): readonly (readonly number[])[] {
  const rows = paths.x.length / paths.inputs;
  let places: readonly (readonly number[])[] = Array.from({ length: rows }, () => QUARTERS);
  for (const [index, layer] of stack.layers.entries()) {
    const kinks = kinksOf(layer);
    if (kinks.length === 0) continue;
    const z = predict(upTo(stack, index), pointsAt(paths, places));
    const units = layer.biases.length;
    let at = 0;
    places = places.map((own) => {
      const start = at;
      at += own.length * units;
      return refined(own, z.subarray(start, at), { units, kinks });
    });
  }
  return places;
}

interface Units {
  readonly units: number;
  readonly kinks: readonly number[];
}

function refined(places: readonly number[], z: Float64Array, { units, kinks }: Units): readonly number[] {
  const all = new Set(places);
  for (let i = 0; i + 1 < places.length; i++)
    for (let unit = i * units; unit < (i + 1) * units; unit++)
      for (const kink of kinks) {
        const [before, after] = [z[unit]! - kink, z[unit + units]! - kink];
        if (before * after < 0) all.add(places[i]! + ((places[i + 1]! - places[i]!) * before) / (before - after));
      }
  return [...all].sort((a, b) => a - b);
}

function pointsAt({ x, baseline, inputs }: Paths, places: readonly (readonly number[])[]): Float64Array {
  const points = new Float64Array(places.reduce((sum, own) => sum + own.length, 0) * inputs);
  let at = 0;
  for (const [row, own] of places.entries())
    for (const t of own)
      for (let i = 0; i < inputs; i++) points[at++] = baseline[i]! + t * (x[row * inputs + i]! - baseline[i]!);
  return points;
}
