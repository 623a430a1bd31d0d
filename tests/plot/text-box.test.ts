import assert from 'node:assert/strict';
import { GlobalFonts } from '@napi-rs/canvas';
import { loadPackages } from '../../lib/plot/packages.js';
import { fontFamily, outerBox, ownBox, type PageNode } from '../../lib/plot/text-box.js';

const { JSDOM, createCanvas, fontFiles } = loadPackages();
const pen = createCanvas(1, 1).getContext('2d');

/** The element that some SVG describes. */
function element(svg: string): PageNode {
  const { window } = new JSDOM(`<svg>${svg}</svg>`, {});
  const { document } = window as unknown as { document: { querySelector(selector: string): PageNode } };
  return document.querySelector('svg > *');
}

function width(text: string, font: string): number {
  pen.font = `${font} "${fontFamily}"`;
  return pen.measureText(text).width;
}

describe('the room of text', () => {
  before(() => fontFiles.forEach((file) => GlobalFonts.registerFromPath(file, fontFamily)));

  it('is as wide as the font draws it', () => {
    assert.equal(ownBox(element('<text style="font-size: 20px">epoch</text>'), pen).width, width('epoch', '20px'));
    const bold = element('<text style="font-size: 20px; font-weight: bold">epoch</text>');
    assert.equal(ownBox(bold, pen).width, width('epoch', 'bold 20px'));
  });

  it('begins, is centred or ends at its place', () => {
    const left = (anchor: string) =>
      ownBox(element(`<text x="100" text-anchor="${anchor}" style="font-size: 10px">ab</text>`), pen).left;
    const wide = width('ab', '10px');
    assert.deepEqual([left('start'), left('middle'), left('end')], [100, 100 - wide / 2, 100 - wide]);
  });

  it('is as wide as the widest line and holds all lines', () => {
    const line = (text: string) => `<tspan class="line">${text}</tspan>`;
    const one = ownBox(element(`<text style="font-size: 10px">${line('long line')}</text>`), pen);
    const three = ownBox(
      element(`<text style="font-size: 10px">${['a', 'long line', 'b'].map(line).join('')}</text>`),
      pen,
    );
    assert.equal(three.width, one.width);
    assert.ok(Math.abs(three.height - one.height - 26) < 1e-9);
  });

  it('counts smaller letters as smaller', () => {
    const power = element('<text style="font-size: 20px">10<tspan style="font-size: 70%">−3</tspan></text>');
    assert.equal(ownBox(power, pen).width, width('10', '20px') + width('−3', '14px'));
  });

  it('moves and turns with its element', () => {
    const plain = ownBox(element('<text style="font-size: 10px">ab</text>'), pen);
    const moved = outerBox(element('<text transform="translate(5, 7)" style="font-size: 10px">ab</text>'), pen);
    assert.deepEqual([moved.left, moved.top, moved.width], [plain.left + 5, plain.top + 7, plain.width]);
    const turned = outerBox(element('<text transform="rotate(-90, 0, 0)" style="font-size: 10px">ab</text>'), pen);
    assert.ok(Math.abs(turned.height - plain.width) < 1e-9 && Math.abs(turned.width - plain.height) < 1e-9);
  });

  it('of a group holds the texts in it, wherever they are moved', () => {
    const group = element(
      '<g><text style="font-size: 10px">a</text><g transform="translate(50)"><text style="font-size: 10px">b</text></g><path d="M0,0h999"/></g>',
    );
    const { left, right } = ownBox(group, pen);
    assert.deepEqual([left, right], [0, 50 + width('b', '10px')]);
  });

  it('is nothing without text', () => {
    assert.equal(ownBox(element('<g><path d="M0,0h9"/></g>'), pen).width, 0);
    assert.equal(outerBox(element('<text transform="translate(5, 7)"></text>'), pen).width, 0);
  });
});
