// Jupyter counts code points, JavaScript counts UTF-16 units.

/** The UTF-16 offset of a position in code points. */
export function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  for (const character of text) {
    if (codePoints <= 0) break;
    offset += character.length;
    codePoints -= 1;
  }
  return offset;
}

/** The position in code points of a UTF-16 offset. */
export function toCodePoints(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}
