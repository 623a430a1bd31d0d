import type { Bundle } from './plot/display.js';
import { escaped, htmlTable, textTable } from './table.js';

/** One line of a report. */
export interface ReportRow {
  readonly property: string;
  readonly holds: boolean;
  readonly got: string;
  readonly wanted: string;
}

/** What was found about an answer. */
export interface Report {
  readonly headline: string;
  readonly rows: readonly ReportRow[];
  readonly hint?: string | undefined;
}

const heads = ['result', 'property', 'got', 'wanted'] as const;

/** A report as a table for a notebook, and as text for everywhere else. */
export function reportBundle(report: Report): Bundle {
  return { 'text/html': html(report), 'text/plain': text(report) };
}

/** A report as text, in columns. */
export function text({ headline, rows, hint }: Report): string {
  const table = rows.length > 0 ? [textTable({ heads, rows: rows.map(cells) })] : [];
  return [headline, ...table, ...(hint === undefined ? [] : [`Hint: ${hint}`])].join('\n');
}

function html({ headline, rows, hint }: Report): string {
  const table = htmlTable({ caption: headline, heads, rows: rows.map(cells) });
  const first = rows.length > 0 ? table : `<p><strong>${escaped(headline)}</strong></p>`;
  return first + (hint === undefined ? '' : `<p><strong>Hint:</strong> ${escaped(hint)}</p>`);
}

function cells({ property, holds, got, wanted }: ReportRow): readonly string[] {
  return [holds ? '✓ holds' : '✗ not yet', property, got, wanted];
}
