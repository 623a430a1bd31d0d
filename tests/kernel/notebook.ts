// One kernel for the tests of a file: it is started before them and ended after them.
import { type Kernel, type KernelOptions, startKernel } from './client.js';
import type { ExecuteOptions, Execution, Failure } from './execution.js';

/** Short ways to run cells. */
export interface Notebook {
  kernel(): Kernel;
  /** Runs a cell that must succeed. */
  run(code: string, options?: ExecuteOptions): Promise<Execution>;
  /** Runs a cell that must succeed and gives its value as text; undefined where it shows none. */
  value(code: string, options?: ExecuteOptions): Promise<string | undefined>;
  /** Runs a cell that must fail. */
  fails(code: string, options?: ExecuteOptions): Promise<Failure>;
}

/** Starts a kernel before the tests of the suite and ends it after them; one that a failed test leaves hanging is started anew. */
export function notebook(options: KernelOptions | (() => KernelOptions) = {}): Notebook {
  let started: Kernel | undefined;
  before('start a kernel', async () => {
    started = await startKernel(typeof options === 'function' ? options() : options);
  });
  afterEach('mend the kernel', async function () {
    if (this.currentTest?.state === 'failed' && started && !(await answers(started))) await started.restart();
  });
  after('end the kernel', () => started?.stop());
  const kernel = (): Kernel => {
    if (!started) throw new Error('notebook needs to be used inside a test');
    return started;
  };
  return { kernel, ...cells(kernel) };
}

/** The short ways to run cells, for a kernel that a test has started itself. */
export function cells(kernel: () => Kernel): Omit<Notebook, 'kernel'> {
  const run: Notebook['run'] = async (code, options) => {
    const execution = await kernel().execute(code, options);
    if (execution.status === 'ok') return execution;
    throw new Error(`the cell failed\n${code}\n${execution.error?.traceback.join('\n') ?? execution.status}`);
  };
  return {
    run,
    value: async (code, options) => {
      const text = (await run(code, options)).result?.['text/plain'];
      return text === undefined ? undefined : String(text);
    },
    fails: async (code, options) => {
      const { error, result } = await kernel().execute(code, options);
      if (!error) throw new Error(`the cell did not fail\n${code}\n${String(result?.['text/plain'])}`);
      return error;
    },
  };
}

/** Whether a kernel runs cells; after a failed test it may hang. */
const answers = (kernel: Kernel): Promise<boolean> =>
  kernel.execute('', { seconds: 3 }).then(
    () => true,
    () => false,
  );
