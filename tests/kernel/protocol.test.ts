// Jupyter's protocol: what a kernel owes to any front end, well-behaved or not.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Kernel, kernelCommand, startKernel } from './client.js';
import { cells, notebook } from './notebook.js';
import { createProject } from './project.js';
import { createMessage, encode, type Json, type Message } from './wire.js';
import { pause, until, within } from './within.js';

const withKernel = async (test: (kernel: Kernel) => Promise<void>, options = {}): Promise<void> => {
  const kernel = await startKernel(options);
  try {
    await test(kernel);
  } finally {
    await kernel.stop();
  }
};

const TYPESCRIPT = JSON.parse(
  readFileSync(new URL('../../node_modules/typescript/package.json', import.meta.url), 'utf8'),
) as { readonly version: string };

describe('The protocol', () => {
  const { kernel, run, value } = notebook();
  it('kernel_info says what it speaks', async () => {
    const info = await kernel().info();
    const language = info['language_info'] as Json;
    assert.equal(info['status'], 'ok');
    assert.match(String(info['protocol_version']), /^5\.\d$/);
    assert.equal(info['implementation'], 'tslab');
    assert.deepEqual(
      [language['name'], language['file_extension'], language['mimetype']],
      ['typescript', '.ts', 'text/typescript'],
    );
    assert.equal(language['version'], TYPESCRIPT.version);
    assert.match(String(info['banner']), /TypeScript/);
  });

  it('every request is framed by busy and idle', async () => {
    for (const [type, content] of [
      ['kernel_info_request', {}],
      ['execute_request', { code: '1' }],
      ['complete_request', { code: 'Ma', cursor_pos: 2 }],
      ['history_request', { hist_access_type: 'tail', n: 1, output: false, raw: true }],
      ['comm_info_request', {}],
    ] as const) {
      const states: unknown[] = [];
      const onMessage = ({ header, content: body }: Message): void => {
        if (header.msg_type === 'status') states.push(body['execution_state']);
      };
      await kernel().request(type, content, { onMessage });
      assert.deepEqual(states, ['busy', 'idle'], type);
    }
  });

  it('a cell is announced with its number before its output', async () => {
    const seen: string[] = [];
    const reply = await kernel().request(
      'execute_request',
      { code: "console.log('a'); 5" },
      { onMessage: ({ header }) => void seen.push(header.msg_type) },
    );
    assert.deepEqual(seen, ['status', 'execute_input', 'stream', 'execute_result', 'status']);
    assert.deepEqual([reply['status'], reply['user_expressions'], reply['payload']], ['ok', {}, []]);
  });

  it('numbers count the cells that are stored', async () => {
    const count = async (code: string, options = {}): Promise<number> =>
      Number((await kernel().execute(code, options)).reply['execution_count']);
    const first = await count('1');
    assert.equal(await count('2'), first + 1);
    await count('3', { silent: true });
    await count('4', { store_history: false });
    assert.equal(await count("throw new Error('counted too')"), first + 2);
    assert.equal(await count('const a: string = 1'), first + 3);
  });

  it('user_expressions are evaluated after the cell, each for itself', async () => {
    const { reply } = await kernel().execute('const base = 20;', {
      user_expressions: { good: 'base * 2', bad: 'nowhere', thrown: "(() => { throw new RangeError('no') })()" },
    });
    const { good, bad, thrown } = reply['user_expressions'] as Record<'good' | 'bad' | 'thrown', Json>;
    assert.equal(good['status'], 'ok');
    assert.deepEqual((good['data'] as Json)['text/plain'], '40');
    assert.equal(bad['status'], 'error');
    assert.deepEqual([thrown['status'], thrown['ename'], thrown['evalue']], ['error', 'RangeError', 'no']);
  });

  it('user_expressions do not become history or output', async () => {
    const { outputs, reply } = await kernel().execute('1;', { user_expressions: { a: "console.log('x'), 2" } });
    const count = Number(reply['execution_count']);
    assert.deepEqual(outputs.map(({ type }) => type).filter((type) => type === 'execute_result').length, 1);
    assert.equal((await kernel().execute('1')).reply['execution_count'], count + 1);
  });

  it('history gives the tail, a range and what matches a pattern', async () => {
    const start = Number((await run("'history one'")).reply['execution_count']);
    await run("'history two'");
    await run("'history one'");
    const history = async (content: Json): Promise<unknown[][]> =>
      (await kernel().history(content))['history'] as unknown[][];
    assert.deepEqual(
      (await history({ hist_access_type: 'tail', n: 2 })).map(([, line, code]) => [line, code]),
      [
        [start + 1, "'history two'"],
        [start + 2, "'history one'"],
      ],
    );
    assert.deepEqual(
      (await history({ hist_access_type: 'range', session: 0, start, stop: start + 1 })).map(([, line]) => line),
      [start],
    );
    assert.equal((await history({ hist_access_type: 'search', pattern: '*history*', unique: false })).length, 3);
    assert.equal((await history({ hist_access_type: 'search', pattern: '*history*', unique: true })).length, 2);
    assert.equal((await history({ hist_access_type: 'search', pattern: "'history ?wo'" })).length, 1);
    assert.deepEqual(
      (await history({ hist_access_type: 'tail', n: 1, output: true })).map(([, , both]) => both),
      [["'history one'", "'history one'"]],
    );
  });

  it('cells that are not stored are not in the history', async () => {
    await run("'not stored'", { store_history: false });
    await run("'silent one'", { silent: true });
    const { history } = (await kernel().history({ hist_access_type: 'search', pattern: "'not stored'" })) as {
      history: unknown[];
    };
    assert.deepEqual(history, []);
  });

  it('comm_info knows of none, and comm messages do no harm', async () => {
    assert.deepEqual(await kernel().request('comm_info_request'), { status: 'ok', comms: {} });
    const { sockets } = kernel().session;
    for (const type of ['comm_open', 'comm_msg', 'comm_close'])
      sockets.send('shell', createMessage('tests', type, { comm_id: 'x', target_name: 'y', data: {} }));
    assert.equal(await value('1 + 1'), '2');
  });

  it('kernel_info and interrupts are answered on control while a cell runs', async () => {
    const ended = kernel().execute('for (;;);', { seconds: 10 });
    await pause(0.2);
    const info = await kernel().request(
      'kernel_info_request',
      {},
      { channel: 'control', seconds: 3, untilIdle: false },
    );
    assert.equal(info['status'], 'ok');
    await kernel().interrupt();
    assert.equal((await ended).error?.ename, 'Interrupted');
  });

  it('writes nothing to the terminal of the server', async () => {
    await kernel().execute(
      "console.log('a'); console.error('b'); process.emitWarning('careful'); throw new Error('c')",
    );
    await run(
      "setTimeout(() => { throw new Error('d') }, 5); setTimeout(() => void Promise.reject(new Error('e')), 5);",
    );
    await run('await new Promise((r) => setTimeout(r, 50));');
    assert.equal(kernel().log(), '');
  });

  it('the heart beats while a cell spins', async () => {
    const ended = kernel().execute('const end = Date.now() + 600; while (Date.now() < end);');
    await pause(0.1);
    for (let i = 0; i < 5; i += 1) assert.ok((await kernel().beat(2)) < 0.4);
    assert.equal((await ended).status, 'ok');
  });

  describe('after an error', () => {
    it('what was already sent is not run (Run All)', async () => {
      const [failed, second, third] = await Promise.all([
        kernel().execute("throw new Error('stop here')"),
        kernel().execute('(globalThis as { ran?: boolean }).ran = true;'),
        kernel().execute('2'),
      ]);
      assert.deepEqual([failed.status, second.status, third.status], ['error', 'aborted', 'aborted']);
      assert.equal(await value('typeof (globalThis as { ran?: boolean }).ran'), "'undefined'");
    });

    it('of a type, what was already sent is not run either', async () => {
      const [failed, second] = await Promise.all([kernel().execute('const a: string = 1;'), kernel().execute('2')]);
      assert.deepEqual([failed.status, second.status], ['error', 'aborted']);
    });

    it('everything runs when the front end asked for it', async () => {
      const [failed, second] = await Promise.all([
        kernel().execute("throw new Error('go on')", { stop_on_error: false }),
        kernel().execute("'runs'"),
      ]);
      assert.deepEqual([failed.status, second.status], ['error', 'ok']);
    });

    it('the next request runs, 30 times', async () => {
      for (let round = 0; round < 30; round += 1) {
        assert.equal((await kernel().execute('throw 1')).status, 'error');
        assert.equal((await kernel().execute('1')).status, 'ok');
      }
    });

    it('requests for help that were sent with it are answered', async () => {
      const [failed, help] = await Promise.all([kernel().execute('throw 1'), kernel().complete('Math.hyp')]);
      assert.deepEqual([failed.status, help['matches']], ['error', ['hypot']]);
    });
  });

  describe('ignores', () => {
    const message = (code: string): Message => createMessage('tests', 'execute_request', { code, silent: false });
    const broken: Readonly<Record<string, () => readonly string[]>> = {
      'a wrong signature': () => encode(message('globalThis.forged = 1'), 'another key'),
      'no signature': () => encode(message('globalThis.forged = 1'), ''),
      'a signature that is too short': () =>
        encode(message('globalThis.forged = 1'), 'k').map((frame, index) => (index === 1 ? 'ab' : frame)),
      'no frames of a message': () => ['hello'],
      'an empty message': () => [''],
      'too few frames': () => encode(message('1'), 'k').slice(0, 3),
      'text that is not JSON': () => ['<IDS|MSG>', '', '{', '{}', '{}', '{}'],
      'the delimiter alone': () => ['<IDS|MSG>'],
    };
    for (const [title, frames] of Object.entries(broken)) {
      it(title, async () => {
        for (const channel of ['shell', 'control'] as const) kernel().session.sockets.sendFrames(channel, frames());
        assert.equal(await value('typeof (globalThis as { forged?: number }).forged'), "'undefined'");
        assert.equal((await kernel().request('kernel_info_request', {}, { channel: 'control' }))['status'], 'ok');
      });
    }

    it('types of messages that it does not know', async () => {
      const { sockets } = kernel().session;
      for (const channel of ['shell', 'control'] as const) {
        for (const type of [
          'unknown_request',
          '__proto__',
          'constructor',
          'toString',
          'execute_reply',
          'input_reply',
          'debug_request',
        ])
          sockets.send(channel, createMessage('tests', type, {}));
      }
      assert.equal(await value('1 + 1'), '2');
    });

    it('requests without what they need', async () => {
      for (const type of [
        'execute_request',
        'complete_request',
        'inspect_request',
        'is_complete_request',
        'history_request',
      ]) {
        const reply = await kernel().request(type, {}, { seconds: 5 });
        assert.ok(
          ['ok', 'error', 'complete', 'aborted', 'unknown'].includes(String(reply['status'])),
          `${type}: ${JSON.stringify(reply)}`,
        );
      }
      assert.equal(await value('1 + 1'), '2');
    });
  });
});

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
    async function attempt(...parameters: string[]): Promise<{ code: unknown; said: string }> {
      const [node = '', ...words] = kernelCommand();
      const child = spawn(node, [...words.slice(0, -1), ...parameters]);
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
        const { code, said } = await attempt(...parameters);
        assert.notEqual(code, 0);
        assert.match(said, /^.*connection.*\n$/i);
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
