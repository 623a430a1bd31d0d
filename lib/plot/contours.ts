import type { ContourTrace, HeatmapTrace } from './plotly-traces.js';

const ink = '#5A5A5A';

/**
 * Lines at 1/8, 3/8, 5/8 and 7/8 of the way from zero to the limit: solid above zero, dotted below. So that readers who see no
 * colours, or print without them, see the sign.
 */
export function signContours({ name, x, y, z }: HeatmapTrace, limit: number): ContourTrace[] {
  const [first, last, size] = [limit / 8, (7 * limit) / 8, limit / 4];
  const look = { type: 'contour', name, x, y, z, autocontour: false, showscale: false, hoverinfo: 'skip' } as const;
  return [
    {
      ...look,
      contours: { start: first, end: last, size, coloring: 'none' },
      line: { color: ink, width: 0.8, dash: 'solid' },
    },
    {
      ...look,
      contours: { start: -last, end: -first, size, coloring: 'none' },
      line: { color: ink, width: 1.2, dash: 'dot' },
    },
  ];
}
