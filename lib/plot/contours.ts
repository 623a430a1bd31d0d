import { type Field, levelLines } from './level-lines.js';
import type { ScatterTrace } from './plotly-traces.js';

const ink = '#5A5A5A';

/**
 * Lines of equal height at 1/8, 3/8, 5/8 and 7/8 of the way from zero to the limit: solid above zero, dashed below. So that
 * readers who see no colours, or print without them, see the sign.
 */
export function signContours(field: Field, limit: number): ScatterTrace[] {
  const levels = [1, 3, 5, 7].map((part) => (part / 8) * limit);
  const solid = { color: ink, width: 0.8, dash: 'solid' } as const;
  const dashed = { color: ink, width: 1.2, dash: 'dot' } as const; // plotly draws dots of a thin line as short dashes
  return [
    trace(field, { name: 'above zero', levels, line: solid }),
    trace(field, { name: 'below zero', levels: levels.map((level) => -level), line: dashed }),
  ];
}

interface Look {
  readonly name: string;
  readonly levels: readonly number[];
  readonly line: NonNullable<ScatterTrace['line']>;
}

function trace(field: Field, { name, levels, line }: Look): ScatterTrace {
  const lines = levels.flatMap((level) => levelLines(field, level));
  const [x, y] = [lines.flatMap(({ x }) => [...x, null]), lines.flatMap(({ y }) => [...y, null])];
  return { type: 'scatter', mode: 'lines', name, x, y, line, showlegend: false, hoverinfo: 'skip' };
}
