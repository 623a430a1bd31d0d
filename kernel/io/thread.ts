// The I/O thread. It owns the sockets, answers what needs no compiler, hands the rest to the main thread, publishes output
// while the main thread is busy, and stops the main thread when somebody asks for it.
import { writeSync } from 'node:fs';
import * as path from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { FromMain, IoData, Json, ToMain } from '../threads.js';
import { createHistory } from './history.js';
import { createInterrupts } from './interrupts.js';
import { kernelInfo } from './kernel-info.js';
import { createPublisher } from './publisher.js';
import { createRequests } from './requests.js';
import { bind, close, createOutbox, createSockets, listen } from './sockets.js';
import { createWire, type Frames, type Message } from './wire.js';

const PARENT_MS = 1000;
const EXIT_MS = 1500;
const LOAD_MS = 4500; // the longest step of loading takes a second on a busy machine; Jupyter waits for five

const { connection, shared, typescript } = workerData as IoData;
const tellMain = (message: ToMain) => parentPort?.postMessage(message);
const wire = createWire(connection);
const sockets = createSockets();
const publisher = createPublisher(sockets.iopub, wire, shared);
const interrupts = createInterrupts(shared, tellMain);
const history = createHistory();
const post = { shell: createOutbox(sockets.shell), control: createOutbox(sockets.control) };

function reply(channel: 'shell' | 'control', request: Message, content: string): void {
  const type = request.header.msg_type.replace(/_request$/, '_reply');
  post[channel](wire.encode(type, content, { parent: request, identity: [...request.identity] as Frames }));
}

const answers: Readonly<Record<string, (content: Json) => Json>> = {
  kernel_info_request: () => kernelInfo(typescript),
  history_request: (content) => history.answer(content),
  comm_info_request: () => ({ comms: {} }),
  interrupt_request() {
    stop();
    return {};
  },
  shutdown_request({ restart }) {
    setTimeout(kill, requests.hasRun() ? EXIT_MS : LOAD_MS);
    setTimeout(leave, 20);
    return { restart: restart === true };
  },
};

/** Answers a request of its own kind; others are ignored. */
function answer(channel: 'shell' | 'control', request: Message): void {
  const { header, content } = request;
  const handler = Object.hasOwn(answers, header.msg_type) ? answers[header.msg_type] : undefined;
  if (handler) {
    publisher.setState('busy', request);
    reply(channel, request, JSON.stringify({ status: 'ok', ...handler(content) }));
    publisher.setState('idle', request);
  } else if (header.msg_type === 'comm_open') {
    publisher.send('comm_close', { comm_id: content['comm_id'], data: {} }, request); // there is nobody to talk to
  }
}

const requests = createRequests({
  publisher,
  history,
  interrupts,
  tellMain,
  reply: (request, content) => reply('shell', request, content),
  answer: (request) => answer('shell', request),
});
interrupts.onSafe(requests.advance);

function stop(): void {
  requests.discard();
  interrupts.request();
}

function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Ends the process: frees the main thread, closes the sockets, lets exit handlers run. */
function leave(): void {
  if (!requests.hasRun()) {
    end(0); // there is nothing to stop: the main thread loads the compiler or is idle
    return;
  }
  interrupts.request();
  const started = Date.now();
  const wait = setInterval(() => {
    if (!interrupts.seen() && Date.now() - started < EXIT_MS / 2) return;
    clearInterval(wait);
    end(0);
  }, 10);
}

/** What is open would make Node wait for a debugger and zeromq abort the process. */
function end(code: number): void {
  interrupts.disconnect();
  close(sockets);
  tellMain({ kind: 'exit', code });
}

function refuse(error: Error): void {
  writeSync(2, `TypeScript kernel: ${error.message}\n`);
  end(1);
}

parentPort?.on('message', (message: FromMain) => {
  if (message.kind === 'ready') requests.ready();
  else if (message.kind === 'stream') publisher.write(message.name, message.text);
  else if (message.kind === 'publish') publisher.publish(message.type, message.content);
  else requests.settle(message);
});

function serve(): void {
  void listen(sockets.hb, (frames) => sockets.hb.send(frames));
  void listen(sockets.stdin, () => {}); // nothing is ever asked
  void listen(sockets.iopub, ([topic]) => {
    if (topic?.[0] === 1) publisher.welcome(topic.subarray(1).toString());
  });
  void listen(sockets.control, (frames) => {
    const request = wire.decode(frames);
    if (request) answer('control', request);
  });
  void listen(sockets.shell, (frames) => {
    const request = wire.decode(frames);
    if (request) requests.add(request);
  });

  if (process.platform !== 'win32') {
    const file = path.join(import.meta.dirname, 'signal-thread.js');
    new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: 16 } }).on('message', stop);
  }
}

void bind(sockets, connection).then(serve, refuse);

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) kill(); // the server is gone
}, PARENT_MS);
