// Jupyter's wire format: [identity…, '<IDS|MSG>', signature, header, parent header, metadata, content].
import { createHmac, randomUUID } from 'node:crypto';
import type { Json } from '../threads.js';
import type { Connection } from './connection.js';

/** The protocol version this kernel speaks; 5.4 has `iopub_welcome`. */
export const PROTOCOL = '5.4';

const DELIMITER = '<IDS|MSG>';

export type Frames = (Buffer | string)[];

interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly date?: string;
}

export interface Message {
  readonly identity: readonly Buffer[];
  readonly header: Header;
  readonly content: Json;
}

export type Wire = ReturnType<typeof createWire>;

/** What encodes and decodes the messages of a connection. */
export function createWire({ key, signature_scheme: scheme = 'hmac-sha256' }: Connection) {
  const algorithm = scheme.replace(/^hmac-/, '');
  const session = randomUUID();

  function sign(parts: Frames): string {
    if (!key) return '';
    const hmac = createHmac(algorithm, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }

  return {
    /** The message in these frames, or undefined if it is not for us: wrong signature, malformed. */
    decode(frames: readonly Buffer[]): Message | undefined {
      const at = frames.findIndex((frame) => frame.toString() === DELIMITER);
      const signature = frames[at + 1];
      const parts = frames.slice(at + 2, at + 6);
      if (at < 0 || parts.length < 4 || sign(parts) !== signature?.toString()) return undefined;
      const [header, , , content] = parts.map(parse);
      if (!isObject(header) || !isObject(content)) return undefined;
      if (typeof header['msg_id'] !== 'string' || typeof header['msg_type'] !== 'string') return undefined;
      return { identity: frames.slice(0, at), header: header as unknown as Header, content };
    },

    /** The frames of a message with this content, which is JSON already. */
    encode(type: string, content: string, to: { parent?: Message | undefined; identity: Frames }): Frames {
      const date = new Date().toISOString();
      const header = { msg_id: randomUUID(), session, username: 'kernel', date, msg_type: type, version: PROTOCOL };
      const parts = [JSON.stringify(header), JSON.stringify(to.parent?.header ?? {}), '{}', content];
      return [...to.identity, DELIMITER, sign(parts), ...parts];
    },
  };
}

function parse(frame: Buffer): unknown {
  try {
    return JSON.parse(frame.toString());
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
