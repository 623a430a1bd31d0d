import type { ContourTrace, HeatmapTrace } from './plotly-traces.js';

const ink = '#5A5A5A';

/**
 * Lines at one, two and three quarters of the way from zero to the limit: solid above zero, dashed below. So that readers
 * who see no colours, or print without them, see the sign.
 */
export function signContours({ name, x, y, z }: HeatmapTrace, limit: number): ContourTrace[] {
  const step = limit / 4;
  const look = { type: 'contour', name, x, y, z, autocontour: false, showscale: false, hoverinfo: 'skip' } as const;
  return [
    {
      ...look,
      contours: { start: step, end: 3 * step, size: step, coloring: 'none' },
      line: { color: ink, width: 0.8, dash: 'solid' },
    },
    {
      ...look,
      contours: { start: -3 * step, end: -step, size: step, coloring: 'none' },
      line: { color: ink, width: 1.2, dash: 'dot' },
    },
  ];
}
