import { parentPort, workerData } from 'node:worker_threads';
import { createDrawer, type Drawer } from './drawing.js';
import { axis, frame } from './layout.js';
import { type Answer, type Drawable, MissingPackage, type Request } from './render-protocol.js';

// The thread's program: loads the packages that draw, then draws what it is sent, one figure after the other.

const port = parentPort!;
const drawer = load();
let last: Promise<unknown> =
  workerData === 'ahead' ? answer({ id: 0, figure: firstFigure(), format: 'png' }) : Promise.resolve();

port.on('message', (request: Request) => {
  last = last.then(async () => port.postMessage(await answer(request)));
});

// Nobody sees it: the first figure takes twice as long as the second, which now is the first that a person waits for.
function firstFigure(): Drawable {
  const layout = {
    ...frame({ owner: 'warmUp', title: 'x', width: 300, height: 200, legend: true }),
    xaxis: axis('x'),
    yaxis: axis('y'),
  };
  return { data: [{ type: 'scatter', mode: 'lines', name: 'x', x: [0, 1], y: [0, 1] }], layout };
}

function load(): Drawer | Error {
  try {
    return createDrawer();
  } catch (error) {
    return asError(error);
  }
}

async function answer({ id, figure, format }: Request): Promise<Answer> {
  try {
    if (drawer instanceof Error) throw drawer;
    return { id, bytes: await drawer(figure, format) };
  } catch (error) {
    return { id, error: asError(error), missing: error instanceof MissingPackage };
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
