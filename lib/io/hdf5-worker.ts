import { parentPort } from 'node:worker_threads';
import { type Hdf5Answer, hdf5Objects } from './hdf5-objects.js';
import type { ModelFile } from './model-file.js';
import { type Hdf5Module, loadPackage } from './packages.js';

// The thread's program: reads the HDF5 files that it is sent, one after the other.

const port = parentPort!;
const IN_MEMORY = '/model.h5';

port.on('message', (file: ModelFile) => void answer(file).then((answered) => port.postMessage(answered)));
// What fails here fails again for a file, and is told then.
await loadPackage('h5wasm', 'HDF5 files')
  .then(({ ready }) => ready)
  .then(readTextsInUtf8)
  .catch(() => undefined);
port.postMessage('ready');

async function answer(file: ModelFile): Promise<Hdf5Answer> {
  let diagnostics = '';
  try {
    const { ready, File } = await loadPackage('h5wasm', file.path);
    const module = await ready;
    listen(module, (text) => {
      diagnostics += text;
    });
    module.FS.writeFile(IN_MEMORY, file.bytes);
    const opened = new File(IN_MEMORY, 'r');
    try {
      if (opened.file_id < 0n) throw new Error('it cannot be opened');
      return { objects: hdf5Objects({ file, opened, module }) };
    } finally {
      if (opened.file_id >= 0n) opened.close();
      module.FS.unlink(IN_MEMORY);
    }
  } catch (thrown) {
    // After a crash in WebAssembly its memory is not to be trusted: the error ends the thread, and the next file gets a new one.
    if (thrown instanceof Error && thrown.name === 'RuntimeError') throw thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (message.startsWith('loadModel')) return { error: message };
    const reason = [...diagnostics.matchAll(/in \w+\(\): (.*)/g)].at(-1)?.[1] ?? message;
    return { error: `loadModel needs a whole HDF5 file, got ${file.path} (${reason})` };
  }
}

// HDF5 tells on its standard error what is wrong with a file: that belongs into the error, not on the screen.
function listen({ FS }: Hdf5Module, hear: (text: string) => void): void {
  const stream = FS.getStream(2);
  stream.stream_ops = {
    ...stream.stream_ops,
    write: (_: unknown, heap: Int8Array, start: number, length: number) => {
      hear(Buffer.from(heap.subarray(start, start + length)).toString());
      return length;
    },
  };
}

// Keras writes texts in UTF-8, of which ASCII is a part, and notes some of them as ASCII.
function readTextsInUtf8(module: Hdf5Module): void {
  const metadata = module.get_attribute_metadata.bind(module);
  module.get_attribute_metadata = (...place) => ({ ...metadata(...place), cset: 1 });
}
