import { type Notebook, notebook } from './notebook.js';
import { jupyterDisplay, jupyterMetadata } from './plot/display.js';
import type { Figure } from './plot/figure.js';
import { lineChart } from './plot/line-chart.js';
import { isDrawing, render } from './plot/renderer.js';
import type { Progress } from './training/history.js';

/** What `liveTraining` shows. */
export interface LiveTrainingOptions {
  /** The title of the curve; a question by default. */
  readonly title?: string;
  /** The name of the vertical axis, with its unit; loss by default. */
  readonly yAxis?: string;
}

/** What `train` calls after every epoch. */
type Handler = (progress: Progress) => Promise<void>;

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
 * @example
 * const model = createMlp({ inputs: 1, hidden: [2], outputs: 1, activation: 'tanh', outputActivation: 'linear', seed: 1 });
 * const [x, y] = [tf.tensor2d([[0], [1]]), tf.tensor2d([[1], [0]])];
 * await train(model, x, y, { epochs: 2, batchSize: 2, loss: 'meanSquaredError', seed: 1, onProgress: liveTraining() });
 */
export function liveTraining(options: LiveTrainingOptions = {}): Handler {
  const page = notebook();
  if (page) return onPage(page, options);
  return process.stderr.isTTY ? onTerminal() : async () => {};
}

function onPage(page: Notebook, options: LiveTrainingOptions): Handler {
  count += 1;
  const id = `live-training-${process.pid}-${count}`;
  const past: Progress[] = [];
  const state = { drawn: Number.NEGATIVE_INFINITY, isFinished: false, hasPicture: false };
  const say = (progress: Progress, update: boolean): void =>
    page.display({ 'text/plain': inWords(progress) }, {}, id, update);
  const draw = async (progress: Progress): Promise<void> => {
    const svg = await render(curve(past, options), 'svg').catch(() => undefined);
    if (state.isFinished || svg === undefined) return;
    state.hasPicture = true;
    page.display({ 'image/svg+xml': new TextDecoder().decode(svg), 'text/plain': inWords(progress) }, {}, id, true);
  };
  return async (progress) => {
    past.push(progress);
    if (past.length === 1) say(progress, false);
    if (progress.epoch === progress.epochs) {
      state.isFinished = true;
      const figure = curve(past, options);
      page.display(await figure[jupyterDisplay](), figure[jupyterMetadata](), id, true);
    } else if (performance.now() - state.drawn > betweenPictures) {
      state.drawn = performance.now();
      if (!state.hasPicture && past.length > 1) say(progress, true);
      if (!isDrawing()) void draw(progress);
    }
  };
}

function onTerminal(): Handler {
  let written = performance.now();
  return async (progress) => {
    if (progress.epoch < progress.epochs && performance.now() - written < betweenLines) return;
    written = performance.now();
    process.stderr.write(`${inWords(progress)}\n`);
  };
}

function curve(
  past: readonly Progress[],
  { title = 'Does the network still learn?', yAxis = 'loss' }: LiveTrainingOptions,
): Figure {
  const validation = past.flatMap(({ validationLoss }) => validationLoss ?? []);
  const training = { name: 'training', y: past.map(({ loss }) => loss) };
  return lineChart({
    title,
    caption: inWords(past.at(-1)!),
    xAxis: 'epoch',
    yAxis,
    series: validation.length === past.length ? [training, { name: 'validation', y: validation }] : [training],
  });
}

function inWords({ epoch, epochs, loss, seconds }: Progress): string {
  const value = Number(loss.toPrecision(4));
  if (epoch === epochs) return `${epochs} epochs in ${seconds.toFixed(1)} s, loss ${value}`;
  const left = Math.ceil((seconds / epoch) * (epochs - epoch));
  return `epoch ${epoch} of ${epochs}, loss ${value}, about ${left} s left`;
}
