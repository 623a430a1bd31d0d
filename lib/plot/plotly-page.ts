import type { Canvas, Packages, Plotly, Window } from './packages.js';
import { fontFamily, outerBox, ownBox, type PageNode } from './text-box.js';

interface CanvasElement {
  readonly width: number;
  readonly height: number;
}

/** Opens a page without a browser, gives it what plotly needs to draw, and loads plotly into it. */
export function openPage(packages: Packages): { readonly plotly: Plotly; readonly restart: () => void } {
  const { window } = new packages.JSDOM('<!DOCTYPE html><body></body>', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
  });
  for (const file of packages.fontFiles) packages.GlobalFonts.registerFromPath(file, fontFamily);
  measureText(window, packages);
  fillCanvases(window, packages);
  window.URL.createObjectURL = () => '';
  window.eval(packages.plotlySource);
  return { plotly: window.Plotly, restart: () => countInsteadOfChance(window) };
}

function measureText({ Element, SVGElement }: Window, { createCanvas }: Packages): void {
  const pen = createCanvas(1, 1).getContext('2d');
  Object.assign(SVGElement.prototype, {
    getBBox(this: PageNode) {
      return ownBox(this, pen);
    },
    getComputedTextLength(this: PageNode) {
      return ownBox(this, pen).width;
    },
  });
  Object.assign(Element.prototype, {
    getBoundingClientRect(this: PageNode) {
      return outerBox(this, pen);
    },
  });
}

// Plotly fills the cells of a heat map on a canvas.
function fillCanvases({ HTMLCanvasElement }: Window, { createCanvas }: Packages): void {
  const canvases = new WeakMap<CanvasElement, Canvas>();
  const canvasOf = (element: CanvasElement): Canvas => {
    const known = canvases.get(element) ?? createCanvas(element.width, element.height);
    canvases.set(element, known);
    return known;
  };
  Object.assign(HTMLCanvasElement.prototype, {
    getContext(this: CanvasElement) {
      return canvasOf(this).getContext('2d');
    },
    toDataURL(this: CanvasElement) {
      return canvasOf(this).toDataURL('image/png');
    },
  });
}

// Plotly takes names for its elements by chance; counted instead, the same figure gives the same text.
function countInsteadOfChance(window: Window): void {
  window.eval('{ let seed = 1; Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647; }');
}
