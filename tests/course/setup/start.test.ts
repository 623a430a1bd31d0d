import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { root } from '../../../course/tools.js';

describe('npm start', () => {
  let lab: ChildProcess;
  let taken: Server;
  let port: number;
  let address: URL;

  before(async () => {
    taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    port = (taken.address() as { port: number }).port;
    lab = spawn(process.execPath, [join(root, 'course', 'start.mjs'), '--no-browser', `--port=${port}`]);
    address = await new Promise((resolve, reject) => {
      let said = '';
      for (const stream of [lab.stdout, lab.stderr])
        stream?.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const found = /http:\/\/localhost:\S+token=\w+(?=\s)/.exec(said);
          if (found) resolve(new URL(found[0]));
        });
      lab.on('close', () => reject(new Error(said)));
    });
  });

  after(() => {
    lab.kill('SIGKILL');
    taken.close();
  });

  /** What JupyterLab answers to a request. */
  async function ask(path: string, method: 'GET' | 'POST' = 'GET', body?: unknown): Promise<unknown> {
    const headers = { Authorization: `token ${address.searchParams.get('token')}` };
    const options = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(new URL(path, address.origin), options);
    return response.json();
  }

  async function defaults(plugin: string): Promise<Record<string, unknown>> {
    const { schema } = (await ask(`/lab/api/settings/${plugin}`)) as { schema: Schema };
    return Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, property.default]));
  }

  it('prints the address of the first notebook, on the next port if the wanted one is taken', () => {
    assert.equal(address.pathname, '/lab/tree/notebooks/00-start.ipynb');
    assert.notEqual(Number(address.port), port);
  });

  it('offers the course kernel and no other', async () => {
    const { default: first, kernelspecs } = (await ask('/api/kernelspecs')) as Kernelspecs;
    assert.equal(first, 'tslab');
    assert.deepEqual(Object.keys(kernelspecs), ['tslab']);
    assert.ok(kernelspecs['tslab']?.resources['logo-svg']);
  });

  it('completes while one types, and asks nobody for news, updates or extensions', async () => {
    assert.equal((await defaults('@jupyterlab/completer-extension:manager'))['autoCompletion'], true);
    const news = await defaults('@jupyterlab/apputils-extension:notification');
    assert.deepEqual([news['fetchNews'], news['checkForUpdates']], ['false', false]);
    assert.deepEqual(await ask('/lab/api/news'), { news: [] });
    const page = await (await fetch(address)).text();
    assert.match(page, /"extensionManager": \{"can_install": false/);
  });

  it('ends itself and its kernels on Ctrl-C', async function () {
    if (process.platform === 'win32') this.skip(); // no SIGINT for another process there
    await ask('/api/kernels', 'POST', { name: 'tslab' });
    lab.kill('SIGINT');
    assert.equal(await new Promise((resolve) => lab.on('exit', resolve)), 0);
    await assert.rejects(fetch(address.origin));
  });
});

interface Schema {
  readonly properties: Record<string, { readonly default?: unknown }>;
}

interface Kernelspecs {
  readonly default: string;
  readonly kernelspecs: Record<string, { readonly resources: Record<string, string> }>;
}
