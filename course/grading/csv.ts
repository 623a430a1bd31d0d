/** Rows as CSV (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r']/.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows of a CSV file that `toCsv` has written, or a spreadsheet after it; the separator may have become a semicolon. */
export function fromCsv(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '');
  const [, separator = ','] = /^(?:"(?:[^"]|"")*"|[^",;\r\n]*)([,;])/.exec(plain) ?? [];
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'gy');
  const rows: string[][] = [[]];
  for (const [whole, quoted, bare, end] of plain.matchAll(pattern)) {
    if (whole === '') break;
    rows.at(-1)!.push((quoted?.replaceAll('""', '"') ?? bare ?? '').replace(/^'/, ''));
    if (end !== separator) rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
