import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePages } from '../../course/execute.js';
import { jupyterDisplay, jupyterMetadata } from '../../lib/plot/display.js';
import { lineChart } from '../../lib/plot/line-chart.js';

const alt = 'A line that falls from “2” to "1" & rises <again>.';
const line = lineChart({ title: 'Fall', xAxis: 'x', yAxis: 'y', series: [{ name: 'y', y: [2, 1] }], alt });
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"></svg>';

/** The page of a notebook with a formula, a figure, an SVG picture and a line of output. */
async function page(folder: string): Promise<string> {
  const code = { cell_type: 'code', metadata: {}, execution_count: 1, source: 'figure' };
  const picture = { data: await line[jupyterDisplay](), metadata: line[jupyterMetadata]() };
  const drawing = { data: { 'image/svg+xml': svg, 'text/plain': 'epoch 1 of 2' }, metadata: {} };
  const outputs = [
    { output_type: 'execute_result', execution_count: 1, ...picture },
    { output_type: 'display_data', ...drawing },
    { output_type: 'stream', name: 'stdout', text: 'a line' },
  ];
  const markdown = {
    id: 'a',
    cell_type: 'markdown',
    metadata: {},
    source: '# A title\n\nA formula $x_1$.\n\n## A section',
  };
  const cells = [markdown, { id: 'b', ...code, outputs }];
  const kernel = { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' } };
  const file = join(folder, 'small.ipynb');
  await writeFile(file, JSON.stringify({ cells, metadata: kernel, nbformat: 4, nbformat_minor: 5 }));
  await writePages([file]);
  return readFile(join(folder, 'small.html'), 'utf8');
}

describe('the page of an executed notebook', () => {
  let html: string;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netlens-page-'));
    html = await page(folder);
  });
  after(() => rm(folder, { recursive: true }));

  it('loads nothing from elsewhere', () => {
    assert.doesNotMatch(html, /<(?:script|link|img|iframe)[^>]*\b(?:src|href)="?(?:https?:)?\/\//);
    assert.doesNotMatch(html, /<script/);
    assert.doesNotMatch(html, /@import|url\(["']?https?:/);
  });

  it('keeps the alternative texts of pictures', () => {
    const images = [...html.matchAll(/<img [^>]*>/g)].map(([image]) => image);
    assert.equal(images.length, 2);
    assert.match(images[0]!, /src="data:image\/png;base64,[^"]+"/);
    assert.match(images[0]!, /width="720"/);
    assert.ok(
      images[0]!.includes('alt=\'A line that falls from “2” to "1" &amp; rises &lt;again&gt;.\''),
      images[0]!.slice(0, 200),
    );
    assert.match(images[1]!, /alt="epoch 1 of 2".*src="data:image\/svg\+xml;base64,/);
  });

  it('has one first heading, a title and a language', () => {
    assert.equal([...html.matchAll(/<h1\b/g)].length, 1);
    assert.match(html, /<html lang="en">/);
    assert.match(html, /<title>small<\/title>/);
  });

  it('has other outputs too', () => {
    assert.match(html, /<pre>a line/);
  });
});
