import type { Bundle } from '../plot/display.js';
import { htmlTable, textTable } from '../table.js';
import type { Agreement, AgreementMatrices, AgreementMeasure } from './agreement.js';

interface Compared {
  readonly names: readonly string[];
  readonly perSample: AgreementMatrices;
  readonly ofMeans: AgreementMatrices;
}

/** Agreements as a table, a row for each pair of methods. */
export function agreementBundle({ names, perSample, ofMeans }: Compared, top: number): Bundle {
  const labels: Readonly<Record<AgreementMeasure, string>> = {
    pearson: 'Pearson',
    spearman: 'Spearman',
    kendall: 'Kendall',
    cosine: 'cosine',
    topOverlap: `top ${top}`,
  };
  const measures = Object.keys(labels) as AgreementMeasure[];
  const heads = ['methods', 'of', ...Object.values(labels)];
  const pairs = names.flatMap((_, a) => names.slice(a + 1).map((_, i) => [a, a + 1 + i] as const));
  const rows = pairs.flatMap(([a, b]) =>
    [perSample, ofMeans].map((matrices) => [
      `${names[a]!}, ${names[b]!}`,
      matrices === perSample ? 'samples' : 'means',
      ...measures.map((measure) => cell(matrices[measure][a]![b]!)),
    ]),
  );
  const caption = 'Agreement of attributions, with 95 % bootstrap intervals';
  return {
    'text/html': htmlTable({ caption, heads, rows }),
    'text/plain': `${caption}\n${textTable({ heads, rows })}`,
  };
}

function cell({ value, interval: [low, high] }: Agreement): string {
  if (Number.isNaN(value)) return 'not defined';
  return Number.isNaN(low) ? value.toFixed(2) : `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
