// Jupyter's protocol: what a kernel owes to any front end, well-behaved or not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { notebook } from './notebook.js';
import { createMessage, encode, type Json, type Message } from './wire.js';
import { pause } from './within.js';

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
