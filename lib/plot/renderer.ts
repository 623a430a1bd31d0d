import { Worker } from 'node:worker_threads';
import { workerEntry } from '../worker-entry.js';
import { type Answer, type Drawable, type Format, MissingPackage, type Request } from './render-protocol.js';

interface Job {
  readonly request: Request;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  again: boolean;
}

const jobs = new Map<number, Job>();
let thread: Worker | undefined;
let count = 0;

// In a notebook a figure is sure to come: the thread gets ready, which takes a second or two, while the first cells compute.
if ('__notebook' in globalThis) start('ahead');

/**
 * Draws a figure on a thread of its own.
 *
 * @returns the picture; the same bytes for the same figure, on every machine.
 * @throws MissingPackage if the packages that draw are not installed; Error if the figure cannot be drawn.
 */
export function render(figure: Drawable, format: Format): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    count += 1;
    send({ request: { id: count, figure, format }, resolve, reject, again: true });
  });
}

/** Whether the thread has something to draw. */
export function isDrawing(): boolean {
  return jobs.size > 0;
}

function send(job: Job): void {
  const worker = thread ?? start();
  worker.postMessage(job.request);
  worker.ref();
  jobs.set(job.request.id, job);
}

function start(workerData?: 'ahead'): Worker {
  const worker = new Worker(workerEntry(import.meta.url, 'render-worker'), { eval: true, execArgv: [], workerData });
  worker.on('message', (answer: Answer) => settle(worker, answer));
  worker.on('error', (error) => lost(worker, error));
  worker.on('exit', (code) => lost(worker, new Error(`the drawing thread ended with code ${code}`)));
  worker.unref();
  thread = worker;
  return worker;
}

function settle(worker: Worker, answer: Answer): void {
  const job = jobs.get(answer.id);
  jobs.delete(answer.id);
  if (jobs.size === 0) worker.unref();
  if ('bytes' in answer) job?.resolve(answer.bytes);
  else job?.reject(answer.missing ? new MissingPackage(answer.error.message) : answer.error);
}

// A thread that died (out of memory, a crash in native code) gets one more chance with what it left undone.
function lost(worker: Worker, reason: Error): void {
  if (thread !== worker) return;
  thread = undefined;
  const left = [...jobs.values()];
  jobs.clear();
  for (const job of left) {
    if (job.again) send({ ...job, again: false });
    else job.reject(new Error(`the figure could not be drawn: ${reason.message}`, { cause: reason }));
  }
}
