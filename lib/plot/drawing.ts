import { loadPackages } from './packages.js';
import { openPage } from './plotly-page.js';
import { pngOf } from './png.js';
import { withoutPoints } from './points.js';
import type { Drawable, Format } from './render-protocol.js';
import { fontFamily } from './text-box.js';

/** Draws one figure. */
export type Drawer = (figure: Drawable, format: Format) => Promise<Uint8Array>;

/**
 * Loads what draws, and gives the function that does it: plotly makes SVG, resvg turns it into PNG.
 *
 * @throws MissingPackage if a package that draws is not installed.
 */
export function createDrawer(): Drawer {
  const packages = loadPackages();
  const { plotly, restart } = openPage(packages);
  const options = {
    fitTo: { mode: 'zoom', value: 2 },
    background: 'white',
    font: {
      loadSystemFonts: false,
      fontFiles: packages.fontFiles,
      defaultFontFamily: fontFamily,
      sansSerifFamily: fontFamily,
    },
  };
  return async (figure, format) => {
    restart();
    const { width, height } = figure.layout;
    const { sparse, fill } = withoutPoints(figure);
    const drawn = await plotly.toImage(sparse, { format: 'svg', imageDataOnly: true, width, height });
    const svg = mended(fill(drawn));
    if (format === 'svg') return new TextEncoder().encode(svg);
    const picture = new packages.Resvg(svg, options).render();
    return pngOf(picture.pixels, picture.width, picture.height);
  };
}

// resvg reads no quotes in url('#name') and knows no `pixelated`.
function mended(svg: string): string {
  return svg
    .replace(/url\((?:'|&quot;|&#39;)(#[^'&]+)(?:'|&quot;|&#39;)\)/g, 'url($1)')
    .replace(/image-rendering: ?pixelated/g, 'image-rendering: optimizeSpeed');
}
