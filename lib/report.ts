import type { Bundle } from './plot/display.js';

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
  const lines = [heads, ...rows.map(cells)];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return [headline, ...(rows.length > 0 ? table : []), ...(hint === undefined ? [] : [`Hint: ${hint}`])].join('\n');
}

function html({ headline, rows, hint }: Report): string {
  const left = 'style="text-align: left"';
  const head = heads.map((name) => `<th scope="col" ${left}>${name}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${cells(row)
        .map((cell) => `<td ${left}>${escaped(cell)}</td>`)
        .join('')}</tr>`,
  );
  const caption = `<caption style="text-align: left; font-weight: bold">${escaped(headline)}</caption>`;
  const table = `<table>${caption}<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
  const first = rows.length > 0 ? table : `<p><strong>${escaped(headline)}</strong></p>`;
  return first + (hint === undefined ? '' : `<p><strong>Hint:</strong> ${escaped(hint)}</p>`);
}

function cells({ property, holds, got, wanted }: ReportRow): readonly [string, string, string, string] {
  return [holds ? '✓ holds' : '✗ not yet', property, got, wanted];
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => names[character]!);
}
