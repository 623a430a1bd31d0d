// The connection file that Jupyter writes for a kernel.
import { readFileSync } from 'node:fs';

export type Channel = 'shell' | 'control' | 'stdin' | 'hb' | 'iopub';

export type Connection = Readonly<Record<`${Channel}_port`, number>> & {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme?: string;
};

/** @throws Error if the file cannot be read or says nothing of sockets. */
export function readConnection(file: string | undefined): Connection {
  if (!file) throw new Error('the kernel needs a connection file, got none: Jupyter starts it with one');
  const connection = parse(file);
  const missing = ['transport', 'ip', 'key', 'shell_port', 'control_port', 'stdin_port', 'hb_port', 'iopub_port'];
  const lacks = missing.filter((name) => !(name in connection));
  if (lacks.length > 0) throw new Error(`the connection file ${file} lacks ${lacks.join(', ')}`);
  return connection as Connection;
}

function parse(file: string): object {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8'))) as object;
  } catch (error) {
    throw new Error(`the connection file ${file} cannot be read: ${(error as Error).message}`);
  }
}

/** The address of a channel's socket. */
export function address(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`];
  const { transport, ip } = connection;
  return transport === 'ipc' ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
}
