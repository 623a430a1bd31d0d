import { parentPort } from 'node:worker_threads';
import { createDrawer, type Drawer } from './drawing.js';
import { type Answer, MissingPackage, type Request } from './render-protocol.js';

// The thread's program: loads the packages that draw, then draws what it is sent, one figure after the other.

const port = parentPort!;
const drawer = load();
let last: Promise<void> = Promise.resolve();

port.on('message', (request: Request) => {
  last = last.then(async () => port.postMessage(await answer(request)));
});

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
