// The connection file, by which a front end tells a new kernel where to listen.
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The five sockets of a kernel. */
export type Channel = 'shell' | 'control' | 'stdin' | 'hb' | 'iopub';

/** How the sockets are reached: over the network, or by files. */
export type Transport = 'tcp' | 'ipc';

/** Where a kernel listens, and the key that signs its messages. */
export interface Connection {
  /** The JSON file that the kernel reads. */
  readonly file: string;
  readonly key: string;
  address(channel: Channel): string;
}

const CHANNELS: readonly Channel[] = ['shell', 'control', 'stdin', 'hb', 'iopub'];

/** Writes a connection file with a fresh key and free ports into `folder`. */
export async function createConnection(folder: string, transport: Transport = 'tcp'): Promise<Connection> {
  const file = join(folder, 'connection.json');
  const key = randomUUID();
  const ip = transport === 'tcp' ? '127.0.0.1' : join(folder, 'socket');
  const numbers = transport === 'tcp' ? await freePorts(CHANNELS.length) : CHANNELS.map((_, index) => index + 1);
  const port = (channel: Channel): number | undefined => numbers[CHANNELS.indexOf(channel)];
  const ports = Object.fromEntries(CHANNELS.map((channel) => [`${channel}_port`, port(channel)]));
  await writeFile(file, JSON.stringify({ transport, ip, key, signature_scheme: 'hmac-sha256', ...ports }));
  const separator = transport === 'tcp' ? ':' : '-';
  return { file, key, address: (channel) => `${transport}://${ip}${separator}${port(channel)}` };
}

/** Ports that nobody uses now: held all at once, so that they differ, then let go. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
