// JupyterLab as `npm start` opens it, and a browser that looks at it.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../course/tools.js';
import { launch, type Running } from '../kernel/process.js';
import { until, within } from '../kernel/within.js';

/** A running JupyterLab. */
export interface Lab {
  /** What it prints: the address that opens it on the first notebook. */
  readonly address: string;
  /** The address that opens a notebook, named from the project's folder, and nothing else. */
  addressOf(notebook: string): string;
  close(): Promise<void>;
}

/** Starts JupyterLab as `npm start -- --no-browser` does, with settings of its own: nothing of the user's, no workspaces. */
export async function startLab(): Promise<Lab> {
  const settings = await settingsFolder();
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [, ...start] = scripts.start.split(' ');
  // The page itself does not tell an error from text on stderr, its model does.
  const options = ['--no-browser', '--LabApp.expose_app_in_browser=True'];
  const running = launch([process.execPath, ...start, ...options], root, { JUPYTER_CONFIG_DIR: settings });
  try {
    const address = new URL(await printedAddress(running));
    return {
      address: address.href,
      addressOf: (notebook) => new URL(`/lab/tree/${notebook}${address.search}&reset`, address).href,
      close: () => end(running, settings),
    };
  } catch (error) {
    await end(running, settings);
    throw error;
  }
}

// A test must never save what it did to the course's notebooks.
async function settingsFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netlens-lab-'));
  const documents = join(folder, 'lab', 'user-settings', '@jupyterlab', 'docmanager-extension');
  await mkdir(documents, { recursive: true });
  await writeFile(join(documents, 'plugin.jupyterlab-settings'), '{ "autosave": false }');
  return folder;
}

async function printedAddress(running: Running): Promise<string> {
  const address = (): string | undefined => /http:\/\/\S+\/lab\S*\?token=\w+/.exec(running.log())?.[0];
  await until(() => running.hasEnded() || address() !== undefined, 120, 'JupyterLab prints its address');
  const found = address();
  if (found === undefined) throw new Error(`JupyterLab ended without an address:\n${running.log()}`);
  return found;
}

async function end(running: Running, settings: string): Promise<void> {
  running.signal('SIGTERM');
  await within(running.exited, 30, () => 'JupyterLab to end');
  await rm(settings, { recursive: true, force: true });
}
