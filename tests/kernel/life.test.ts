// The life of a kernel: it starts, starts anew, ends in time, and leaves nothing behind.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Kernel, kernelCommand, startKernel } from './client.js';
import { createConnection } from './connection.js';
import { cells } from './notebook.js';
import { createProject } from './project.js';
import { pause, until, within } from './within.js';

const withKernel = async (test: (kernel: Kernel) => Promise<void>, options = {}): Promise<void> => {
  const kernel = await startKernel(options);
  try {
    await test(kernel);
  } finally {
    await kernel.stop();
  }
};

describe('The life of a kernel', () => {
  it('over files instead of ports', () =>
    withKernel(
      async (kernel) => {
        assert.equal(await cells(() => kernel).value('6 * 7'), '42');
        assert.equal((await kernel.shutdown()).code, 0);
      },
      { transport: 'ipc' },
    ));

  it('starts anew without the old names', () =>
    withKernel(async (kernel) => {
      const { run, value, fails } = cells(() => kernel);
      await run('const old = 1;');
      const first = kernel.pid();
      await kernel.restart();
      assert.notEqual(kernel.pid(), first);
      assert.match((await fails('old')).evalue, /^TS2304/);
      assert.equal((await kernel.execute('1')).reply['execution_count'], 2);
      assert.equal(await value('2'), '2');
    }));

  for (const [title, code] of [
    ['idle', ''],
    [
      'with a timer and a server that stay open',
      "import { createServer } from 'node:http'; setInterval(() => {}, 10); createServer().listen(0);",
    ],
  ] as const) {
    it(`ends in time, ${title}`, () =>
      withKernel(async (kernel) => {
        await cells(() => kernel).run(code);
        assert.deepEqual(await kernel.shutdown(3), { code: 0, signal: null }, kernel.log());
      }));
  }

  it('ends in time while a cell spins or waits', async () => {
    for (const code of ['for (;;);', 'await new Promise(() => {});']) {
      await withKernel(async (kernel) => {
        await kernel.execute(''); // all is loaded
        kernel.execute(code).catch(() => {});
        await pause(0.3);
        await kernel.shutdown(3);
      });
    }
  });

  it('runs what a notebook wants to do at the exit', async () => {
    const project = createProject();
    try {
      await withKernel(
        async (kernel) => {
          await cells(() => kernel).run(
            "import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync('farewell', ''));",
          );
          await kernel.shutdown();
          assert.ok(existsSync(project.path('farewell')));
        },
        { cwd: project.folder },
      );
    } finally {
      project.remove();
    }
  });

  it('ends in time before it has run a cell, and while the first one waits', async () => {
    for (const code of [undefined, 'for (;;);']) {
      await withKernel(async (kernel) => {
        if (code) kernel.execute(code).catch(() => {});
        await kernel.shutdown(4);
        assert.equal(kernel.log(), '');
      });
    }
  });

  it('ends in time although native code waits for ever', () =>
    withKernel(async (kernel) => {
      // What the worker sends cannot be delivered, and its end waits for that.
      const waits = `
        const socket = new (require('zeromq').Push)({ linger: -1 });
        socket.connect('tcp://127.0.0.1:1');
        void socket.send('').then(() => require('node:worker_threads').parentPort.postMessage('sent'));
        setInterval(() => {}, 1000);`;
      await cells(() => kernel).run(
        `import { Worker } from 'node:worker_threads';
        const worker = new Worker(${JSON.stringify(waits)}, { eval: true });
        await new Promise((sent) => worker.once('message', sent));`,
      );
      await kernel.shutdown(4);
    }));

  describe('leaves work to later kernels', () => {
    const [node = '', ...words] = kernelCommand();
    const [main = '', file = ''] = words.splice(-2);
    const project = createProject({
      'package.json': '{ "name": "sample", "type": "module", "exports": "./lib/index.ts" }',
      'tsconfig.json': '{ "compilerOptions": { "verbatimModuleSyntax": true } }',
      'lib/index.ts': "export { half } from './half.js';",
      'lib/half.ts': 'export const half = (x: number): number => x / 2;',
    });
    const path = (name: string): string => project.path('build/kernel', name);
    /** What kinds of files are in the folder that may be deleted, and how many of each. */
    const kept = (): Readonly<Record<string, number>> => {
      const kinds: Record<string, number> = {};
      for (const name of readdirSync(project.path('build/kernel-cache'))) {
        const kind = extname(name);
        kinds[kind] = (kinds[kind] ?? 0) + 1;
      }
      return kinds;
    };
    const use = (code: string): Promise<void> =>
      withKernel(
        async (kernel) => {
          await cells(() => kernel).run(code);
          await kernel.shutdown();
        },
        { cwd: project.folder, command: [node, ...words, path('main.js'), file] },
      );

    before(() => {
      cpSync(dirname(main), project.path('build/kernel'), { recursive: true });
      symlinkSync(join(dirname(main), '../../node_modules'), project.path('node_modules'), 'junction');
    });
    after(() => project.remove());

    it('however short its life', async () => {
      await use('1');
      assert.deepEqual(kept(), { '.bin': 1 });
    });

    it('and does it ahead', async () => {
      execFileSync(node, [...words, path('ahead.js'), 'sample'], { cwd: project.folder, stdio: 'pipe' });
      const all = { '.bin': 1, '.clean': 1, '.js': 2 };
      assert.deepEqual(kept(), all);
      await use("import { half } from 'sample'; half(4)");
      assert.deepEqual(kept(), all);
    });
  });

  it('leaves nothing behind on SIGTERM', () =>
    withKernel(async (kernel) => {
      kernel.signal('SIGTERM');
      await within(kernel.exited(), 3, () => 'the kernel to end');
    }));

  it('a crash is seen at once', () =>
    withKernel(async (kernel) => {
      const lost = kernel.execute("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});");
      await assert.rejects(lost, /the kernel ended/);
      assert.ok(kernel.hasEnded());
      await kernel.restart();
      assert.equal(await cells(() => kernel).value('"new"'), "'new'");
    }));

  for (const [state, code] of [
    ['idle', '1'],
    ['spinning', 'for (;;);'],
  ] as const) {
    it(`ends when its parent dies, ${state}`, async function () {
      this.timeout(30_000);
      const [node = '', ...words] = kernelCommand();
      // A parent that starts the kernel, says its number, and is killed.
      const parent = `
        const { spawn } = require('node:child_process');
        const child = spawn(${JSON.stringify(node)}, process.argv.slice(1), { stdio: 'ignore' });
        console.log(child.pid);
        setInterval(() => {}, 1000);`;
      const starter = await startKernel({ command: [node, '-e', parent, '--', ...words] });
      const pid = Number(starter.log().trim());
      try {
        starter.execute(code).catch(() => {});
        await pause(0.5);
        assert.ok(alive(pid));
        starter.signal('SIGKILL');
        await until(() => !alive(pid), 6, 'the kernel has ended');
      } finally {
        await starter.stop();
        if (alive(pid)) process.kill(pid, 'SIGKILL');
      }
    });
  }

  describe('says what is wrong and ends, with', () => {
    /** Runs a kernel that cannot start; gives its exit code and what it says. */
    async function attempt(parameters: readonly string[], flags: readonly string[] = []) {
      const [node = '', ...words] = kernelCommand();
      const child = spawn(node, [...flags, ...words.slice(0, -1), ...parameters]);
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      const ended = new Promise((resolve) => child.once('close', resolve));
      const code = await within(ended, 10, () => 'the kernel to end').finally(() => child.kill('SIGKILL'));
      return { code, said };
    }

    for (const [title, parameters] of [
      ['a connection file that is missing', ['/no/such/file.json']],
      ['a connection file that is no JSON', [fileURLToPath(import.meta.url)]],
      ['no connection file', []],
    ] as const) {
      it(title, async () => {
        const { code, said } = await attempt(parameters);
        assert.notEqual(code, 0);
        assert.match(said, /^.*connection.*\n$/i);
      });
    }

    for (const [title, flags] of [
      ['a port that is taken', []],
      ['a port that is taken, known before the compiler is loaded', ['--import', slowly('/run/start.js')]],
    ] as const) {
      it(title, async () => {
        const project = createProject();
        const connection = await createConnection(project.folder);
        const server = createServer().listen(Number(connection.address('shell').split(':').at(-1)), '127.0.0.1');
        try {
          const { code, said } = await attempt([connection.file], flags);
          assert.notEqual(code, 0);
          assert.match(said, /address|port|in use/i);
        } finally {
          server.close();
          project.remove();
        }
      });
    }
  });
});

/** Whether a process exists and is not a zombie. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`;
  return !(existsSync(status) && / Z /.test(readFileSync(status, 'utf8')));
}

/** A module that makes Node load a file two seconds late. */
function slowly(file: string): string {
  const hooks = `export async function load(url, context, next) {
    if (url.endsWith('${file}')) await new Promise((resolve) => setTimeout(resolve, 2000));
    return next(url, context);
  }`;
  const module = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;
  return module(`import { register } from 'node:module'; register(${JSON.stringify(module(hooks))});`);
}
