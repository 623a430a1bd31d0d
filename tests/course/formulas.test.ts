import assert from 'node:assert/strict';
import { withMathMl } from '../../course/formulas.js';

const cell = (html: string): string =>
  `<div class="jp-RenderedMarkdown jp-MarkdownOutput" data-mime-type="text/markdown">${html}</div>`;

describe('formulas of a page', () => {
  it('become MathML, in the line or displayed', () => {
    const page = withMathMl(cell('<p>A slope $\\partial f$ and</p><p>$$x_1^2$$</p>'));
    assert.match(page, /<p>A slope <math><semantics><mrow><mi>∂<\/mi><mi>f<\/mi><\/mrow>.*<\/math> and<\/p>/);
    assert.match(
      page,
      /<p><math display="block".*<msubsup><mi>x<\/mi><mn>1<\/mn><mn[^>]*>2<\/mn><\/msubsup>.*<\/math><\/p>/,
    );
    assert.doesNotMatch(page, /\$/);
  });

  it('keep their TeX beside them', () => {
    assert.match(withMathMl(cell('$a &lt; b$')), /<annotation encoding="application\/x-tex">a &lt; b<\/annotation>/);
  });

  it('are not looked for in code, in other cells, or in amounts of money', () => {
    for (const html of [
      cell('<code>$x$</code>'),
      cell('<pre>$$x$$</pre>'),
      '<div class="jp-Cell "><pre>$x$</pre>',
      cell('from $5 to $6'),
    ]) {
      assert.equal(withMathMl(html), html);
    }
    const page = `${cell('text')}<div class="jp-Cell jp-CodeCell"><td>$x$</td>`;
    assert.equal(withMathMl(page), page);
  });

  it('that are no TeX are named', () => {
    assert.throws(() => withMathMl(cell('$\\frac{1$')), new Error('formula that is no TeX: \\frac{1'));
  });
});
