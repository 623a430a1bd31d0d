import { duration } from './duration.js';
import { need, needOptions } from './need.js';
import { type Notebook, notebook } from './notebook.js';
import { type Bundle, jupyterDisplay, jupyterMetadata } from './plot/display.js';
import type { Figure } from './plot/figure.js';
import { checkTitle } from './plot/layout.js';
import { checkScale, lineChart } from './plot/line-chart.js';
import { isDrawing, render } from './plot/renderer.js';
import type { Progress } from './training/history.js';

/** What `liveTraining` shows. */
export interface LiveTrainingOptions {
  /** The title of the curve; a question by default. */
  readonly title?: string;
  /** The name of the vertical axis, with its unit; loss by default. */
  readonly yAxis?: string;
  /** A logarithmic vertical axis, which shows what still changes late in the training, as long as all values are above 0; linear by default. */
  readonly yScale?: 'linear' | 'log';
}

/** What `train` calls after every epoch. */
type Handler = (progress: Progress) => Promise<void>;

/** Shows a bundle where the one before was. */
type Place = (bundle: Bundle, metadata?: Bundle) => void;

const betweenPictures = 400; // ms
const betweenLines = 2000; // ms
let count = 0;

/**
 * Makes a handler for `train`'s `onProgress` that shows how the training goes.
 *
 * In a notebook it draws the loss (and the validation loss) as it falls, with the epoch and the time left, and leaves the
 * finished figure. Another thread draws; while it is busy, epochs go by undrawn, so training does not wait. In a script at a
 * terminal it writes a line every two seconds; elsewhere nothing. One handler is for one training.
 *
 * @throws RangeError if the title is empty, or there is no such scale; TypeError if the axis has no name, or options are no object.
 * @example
 * const model = createMlp({ inputs: 1, hidden: [2], outputs: 1, activation: 'tanh', outputActivation: 'linear', seed: 1 });
 * const [x, y] = [tf.tensor2d([[0], [1]]), tf.tensor2d([[1], [0]])];
 * await train(model, x, y, { epochs: 2, batchSize: 2, loss: 'meanSquaredError', seed: 1, onProgress: liveTraining() });
 */
export function liveTraining(options: LiveTrainingOptions = {}): Handler {
  const chosen = checked(options);
  const page = notebook();
  if (page) return onPage(page, chosen);
  return process.stderr.isTTY ? onTerminal() : async () => {};
}

// At once: a figure that cannot be drawn must not lose a training.
function checked(options: LiveTrainingOptions): Required<LiveTrainingOptions> {
  needOptions('liveTraining', options);
  const { title = 'Does the network still learn?', yAxis = 'loss', yScale = 'linear' } = options;
  checkTitle('liveTraining', title);
  need(typeof yAxis === 'string', 'liveTraining needs text as yAxis', yAxis, TypeError);
  checkScale('liveTraining', yScale);
  return { title, yAxis, yScale };
}

function onPage(page: Notebook, options: Required<LiveTrainingOptions>): Handler {
  const place = placeOn(page);
  const past: Progress[] = [];
  let [shown, hasPicture, isFinished] = [Number.NaN, false, false];
  const draw = async (words: string): Promise<void> => {
    const svg = await render(curve(past, options), 'svg').catch(() => undefined);
    if (isFinished || !svg) return;
    hasPicture = true;
    place({ 'image/svg+xml': new TextDecoder().decode(svg), 'text/plain': words });
  };
  return async (progress) => {
    past.push(progress);
    if (progress.isLast) {
      isFinished = true;
      return finish(place, curve(past, options));
    }
    const isFirst = Number.isNaN(shown); // a training that ends within a moment needs no picture on the way
    if (performance.now() - shown < betweenPictures) return;
    shown = performance.now();
    const words = inWords(progress);
    if (!hasPicture) place({ 'text/plain': words });
    if (!isFirst && !isDrawing()) void draw(words);
  };
}

// A place on the page whose content can be replaced.
function placeOn(page: Notebook): Place {
  count += 1;
  const id = `live-training-${process.pid}-${count}`;
  let isTaken = false;
  return (bundle, metadata) => {
    page.display(bundle, metadata, id, isTaken);
    isTaken = true;
  };
}

// A figure that cannot be drawn must not lose the training.
async function finish(place: Place, figure: Figure): Promise<void> {
  try {
    place(await figure[jupyterDisplay](), figure[jupyterMetadata]());
  } catch (error) {
    place({ 'text/plain': `${figure.alt}\n(${String(error)})` });
  }
}

function onTerminal(): Handler {
  let written = performance.now();
  return async (progress) => {
    if (!progress.isLast && performance.now() - written < betweenLines) return;
    written = performance.now();
    process.stderr.write(`${inWords(progress)}\n`);
  };
}

function curve(past: readonly Progress[], { title, yAxis, yScale }: Required<LiveTrainingOptions>): Figure {
  const validation = past.flatMap(({ validationLoss }) => validationLoss ?? []);
  const loss = past.map((progress) => progress.loss);
  const training = { name: 'training', y: loss };
  return lineChart({
    title,
    caption: inWords(past.at(-1)!),
    xAxis: 'epoch',
    yAxis,
    yScale: [...loss, ...validation].every((value) => value > 0) ? yScale : 'linear',
    series: validation.length === past.length ? [training, { name: 'validation', y: validation }] : [training],
  });
}

function inWords({ epoch, epochs, isLast, loss, seconds }: Progress): string {
  const value = loss === 0 || loss >= 1e-3 ? Number(loss.toPrecision(4)) : loss.toExponential(3);
  const count = epoch < epochs ? `${epoch} of ${epochs}` : epochs;
  if (isLast) return `${count} epochs in ${seconds.toFixed(1)} s, loss ${value}`;
  const left = (seconds / epoch) * (epochs - epoch);
  return `epoch ${epoch} of ${epochs}, loss ${value}, about ${duration(left)} left`;
}
