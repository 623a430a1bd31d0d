import type { DenseStack } from '../dense/stack.js';
import { need } from '../need.js';
import type { Composite } from './composite.js';
import type { LayerRule } from './layer-rule.js';

/** Throws a RangeError if a composite was made for other layers, a TypeError if it is none. */
export function checkSame(composite: Composite, { inputs, layers }: DenseStack): void {
  const isOne =
    Array.isArray(composite) && composite.every((layer: LayerRule | null) => typeof layer?.rule === 'object');
  need(isOne, 'relevance needs a composite, made by composite', composite, TypeError);
  const wanted = [inputs, ...composite.map(({ units, activation }) => `${units} ${activation}`)].join(', ');
  const got = [inputs, ...layers.map(({ biases, activation }) => `${biases.length} ${activation}`)].join(', ');
  need(wanted === got && composite[0]!.inputs === inputs, 'relevance needs a composite for this model', {
    words: `one for the layers ${wanted} instead of ${got}`,
  });
}
