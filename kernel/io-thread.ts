// The I/O thread. It owns the sockets, answers what needs no compiler, passes the rest to the main thread one request at
// a time, publishes output while the main thread is busy, and stops the main thread when the user asks for it.
import { Session } from 'node:inspector';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import * as path from 'node:path';
import * as zmq from 'zeromq';
import { BACKLOG, INTERRUPT_SEEN, PHASE, Phase, type FromMain, type Json, type ToMain, type WorkerData } from './shared.js';
import { Wire, type Message } from './wire.js';

const { connectionFile, shared, typescript } = workerData as WorkerData;
const wire = new Wire(connectionFile);
const main = parentPort!;
const tellMain = (message: ToMain) => main.postMessage(message);

// ---------------------------------------------------------------------------------------------------- sending
/** Sends frames one after the other: zeromq.js rejects overlapping sends on a socket. */
class Outbox {
  private readonly waiting: { frames: (Buffer | string)[]; kilobytes: number }[] = [];
  private busy = false;
  private readonly socket: { send(frames: (Buffer | string)[]): Promise<void> };
  constructor(socket: { send(frames: (Buffer | string)[]): Promise<void> }) { this.socket = socket; }
  push(frames: (Buffer | string)[], kilobytes = 0): void {
    this.waiting.push({ frames, kilobytes });
    if (!this.busy) void this.drain();
  }
  get empty(): boolean { return !this.busy; }
  private async drain(): Promise<void> {
    this.busy = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      await this.socket.send(next.frames).catch(() => {});
      Atomics.sub(shared, BACKLOG, next.kilobytes);
    }
    this.busy = false;
  }
}

const sockets = { shell: new zmq.Router(), control: new zmq.Router(), stdin: new zmq.Router(), hb: new zmq.Reply(), iopub: new zmq.XPublisher() };
sockets.iopub.sendHighWaterMark = 0;             // above the mark a publisher silently drops messages
for (const socket of Object.values(sockets)) socket.linger = 500;
const out = { shell: new Outbox(sockets.shell), control: new Outbox(sockets.control), iopub: new Outbox(sockets.iopub) };

let state = 'idle';                              // requests are accepted from the start, they wait for the compiler
let current: Message | undefined;                // what output belongs to: the last execute_request
const publish = (type: string, content: Json, parent = current, kilobytes = 0) => {
  out.iopub.push(wire.encode(type, content, parent, [`kernel.${type}`]), kilobytes);
};
const setState = (next: string, parent?: Message) => { state = next; publish('status', { execution_state: next }, parent); };
const reply = (channel: 'shell' | 'control', request: Message, content: Json) => {
  out[channel].push(wire.encode(request.header.msg_type.replace('_request', '_reply'), content, request, request.identity));
};

/** Small writes are joined: a front end reads a few large messages much faster than thousands of small ones. */
const stream = { name: '', parts: [] as string[], size: 0, timer: undefined as NodeJS.Timeout | undefined, last: 0 };
function flushStream(): void {
  clearTimeout(stream.timer);
  stream.timer = undefined;
  if (stream.size === 0) return;
  const text = stream.parts.join('');
  stream.parts = [];
  stream.size = 0;
  stream.last = Date.now();
  publish('stream', { name: stream.name, text }, current, Math.ceil(text.length / 1024));
  Atomics.add(shared, BACKLOG, Math.ceil(text.length / 1024));
}
function write(name: string, text: string): void {
  if (name !== stream.name) { flushStream(); stream.name = name; }
  stream.parts.push(text);
  stream.size += text.length;
  if (stream.size > 262_144 || Date.now() - stream.last > 100) flushStream();
  else stream.timer ??= setTimeout(flushStream, 40);
}

// ------------------------------------------------------------------------------------------------- interrupts
const inspector = new Session();
inspector.connectToMainThread();
let interrupts = 0;
/**
 * Asks the main thread politely; if it does not notice within a moment it is spinning, and V8 is told to end what runs.
 * Never while the compiler works: it would be left in the middle of its bookkeeping, and it always ends by itself.
 */
function interrupt(): void {
  interrupts += 1;
  const seq = interrupts;
  tellMain({ kind: 'interrupt', seq });
  const insist = () => {
    if (Atomics.load(shared, INTERRUPT_SEEN) >= seq) return;
    if (Atomics.load(shared, PHASE) === Phase.Compiling) { setTimeout(insist, 100); return; }
    inspector.post('Runtime.terminateExecution', () => {
      tellMain({ kind: 'interrupt', seq });      // the first one may have been lost in the termination
      setTimeout(insist, 300);
    });
  };
  setTimeout(insist, 150);
}

// ------------------------------------------------------------------------------- requests that need no compiler
/** Ends the process: frees the main thread if it spins, closes the sockets, lets exit handlers run, kills if nothing helps. */
function leave(): void {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1500);
  interrupt();
  const started = Date.now();
  const wait = setInterval(() => {
    if (Atomics.load(shared, INTERRUPT_SEEN) < interrupts && Date.now() - started < 800) return;
    clearInterval(wait);
    inspector.disconnect();
    for (const socket of Object.values(sockets)) socket.close();
    tellMain({ kind: 'exit' });
  }, 10);
}

interface Entry { line: number; code: string; result?: string | undefined }
const history: Entry[] = [];
let count = 0;

type Handler = (content: any) => Json;
const own: Record<string, Handler> = {
  kernel_info_request: () => ({
    protocol_version: '5.3', implementation: 'tslab', implementation_version: '1.0.22', banner: `TypeScript ${typescript} (Node ${process.version})`,
    language_info: { name: 'typescript', version: typescript, mimetype: 'text/typescript', file_extension: '.ts', codemirror_mode: 'typescript', pygments_lexer: 'typescript', nbconvert_exporter: 'script' },
    debugger: false, help_links: [{ text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' }],
  }),
  comm_info_request: () => ({ comms: {} }),
  history_request({ hist_access_type: kind, n, start = 0, stop = Infinity, pattern = '*', unique = false, output = false }) {
    let entries = history;
    if (kind === 'range') entries = entries.filter((h) => h.line >= start && h.line < stop);
    if (kind === 'search') {
      const glob = new RegExp(`^${String(pattern).replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^]*').replace(/\?/g, '[^]')}$`);
      entries = entries.filter((h, i) => glob.test(h.code) && !(unique && entries.slice(i + 1).some((later) => later.code === h.code)));
    }
    if (n) entries = entries.slice(-n);
    return { history: entries.map((h) => [0, h.line, output ? [h.code, h.result ?? null] : h.code]) };
  },
  interrupt_request: () => { interrupt(); return {}; },
  shutdown_request: ({ restart = false }) => { setTimeout(leave, 20); return { restart }; },
};

// ------------------------------------------------------------------------------------ requests for the main thread
const FORWARDED = new Set(['execute_request', 'complete_request', 'inspect_request', 'is_complete_request']);
interface Pending { request: Message; silent: boolean; store: boolean; stopOnError: boolean }
const queue: Message[] = [];
let pending: Pending | undefined;
let pendingId = 0;
let mainReady = false;
let failedAt = 0;                                // when a request with stop_on_error failed

/** Answers queued shell requests in order. */
function advance(): void {
  while (!pending && queue.length > 0) {
    const request = queue[0]!;
    const { msg_type: type, date } = request.header;
    if (FORWARDED.has(type) && !mainReady) return;
    queue.shift();
    if (type !== 'execute_request') {
      setState('busy', request);
      if (FORWARDED.has(type)) forward(request, { silent: true, store: false, stopOnError: false });
      else { answerOwn('shell', request); setState('idle', request); }
      continue;
    }
    // After a failure, what the client had already sent is not run ("Run All"); later requests are.
    if (Date.parse(date) < failedAt && Date.now() - failedAt < 2000) {
      setState('busy', request);
      reply('shell', request, { status: 'aborted' });
      setState('idle', request);
      continue;
    }
    failedAt = 0;
    flushStream();
    current = request;
    const { silent = false, store_history: store = !silent, stop_on_error: stopOnError = true, code } = request.content as { silent?: boolean; store_history?: boolean; stop_on_error?: boolean; code: string };
    setState('busy', request);
    if (store && !silent) count += 1;
    if (!silent) publish('execute_input', { code, execution_count: count });
    forward(request, { silent, store: store && !silent, stopOnError });
  }
}
function forward(request: Message, options: Omit<Pending, 'request'>): void {
  pendingId += 1;
  pending = { request, ...options };
  tellMain({ kind: 'request', id: pendingId, type: request.header.msg_type, content: request.content, count, cell: options.store ? `cell[${count}]` : 'cell[0]' });
}
function settle(content: Json): void {
  const { request, silent, store, stopOnError } = pending!;
  pending = undefined;
  flushStream();
  if (request.header.msg_type === 'execute_request') {
    const { failure, result, ...rest } = content as { failure?: Json; result?: Json };
    if (store) history.push({ line: count, code: String(request.content['code']), result: result?.['text/plain'] as string | undefined });
    if (failure) {
      if (stopOnError) failedAt = Date.now();
      if (!silent) publish('error', failure, request);
      reply('shell', request, { status: 'error', execution_count: count, ...failure });
    } else {
      if (result && !silent) publish('execute_result', { execution_count: count, data: result, metadata: {} }, request);
      reply('shell', request, { status: 'ok', execution_count: count, user_expressions: {}, payload: [], ...rest });
    }
  } else reply('shell', request, { status: 'ok', ...content });
  setState('idle', request);
  advance();
}
function answerOwn(channel: 'shell' | 'control', request: Message): void {
  const handler = own[request.header.msg_type];  // comm_open, comm_msg and comm_close need no answer
  if (!handler) return;
  try { reply(channel, request, { status: 'ok', ...handler(request.content) }); } catch (error) {
    reply(channel, request, { status: 'error', ename: 'Error', evalue: String(error), traceback: [] });
  }
}

main.on('message', (message: FromMain) => {
  switch (message.kind) {
    case 'ready': mainReady = true; advance(); break;
    case 'stream': write(message.name, message.text); break;
    case 'publish': flushStream(); publish(message.type, message.content, current, message.size ?? 0); break;
    case 'reply': if (pending && message.id === pendingId) settle(message.content); break;
  }
});

// ------------------------------------------------------------------------------------------------------ start
async function start(): Promise<void> {
  await Promise.all((Object.keys(sockets) as (keyof typeof sockets)[]).map((name) => sockets[name].bind(wire.address(name))));
  void (async () => { for await (const frames of sockets.hb) await sockets.hb.send(frames); })();
  void (async () => { for await (const _ of sockets.stdin) { /* no input requests */ } })();
  void (async () => {
    for await (const [topic] of sockets.iopub) {
      if (topic![0] !== 1) continue;             // 1 subscribe, 0 unsubscribe
      publish('iopub_welcome', { subscription: topic!.subarray(1).toString() }, undefined);
      setState(state);                           // a state sent before a client listened is lost
    }
  })();
  void (async () => {
    for await (const frames of sockets.control) {
      const request = wire.decode(frames);
      if (!request) continue;
      setState('busy', request);
      answerOwn('control', request);
      setState('idle', request);
    }
  })();
  void (async () => {
    for await (const frames of sockets.shell) {
      const request = wire.decode(frames);
      if (!request) continue;
      queue.push(request);
      advance();
    }
  })();
}
void start();

// SIGINT reaches JavaScript only when the main thread is free. This thread sleeps in a way that the signal ends.
if (process.platform !== 'win32') new Worker(path.join(import.meta.dirname, 'signal-thread.js'), { resourceLimits: { maxOldGenerationSizeMb: 16 } }).on('message', interrupt);

const { ppid } = process;
setInterval(() => { if (process.ppid !== ppid) process.kill(process.pid, 'SIGKILL'); }, 2000);    // the Jupyter server is gone
