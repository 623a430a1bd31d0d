// Jupyter's wire format: [identity…, '<IDS|MSG>', signature, header, parent header, metadata, content].
import { createHmac, randomUUID } from 'node:crypto';

/** A JSON object of a message. */
export type Json = Readonly<Record<string, unknown>>;

/** What a Jupyter message says about itself. */
interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** One message, as it travels between a front end and a kernel. */
export interface Message {
  readonly header: Header;
  /** Header of the request that this message answers; empty where there is none. */
  readonly parent: Partial<Header>;
  readonly metadata: Json;
  readonly content: Json;
}

const DELIMITER = '<IDS|MSG>';

/** A new request from the front end called `session`. */
export function createMessage(session: string, type: string, content: Json): Message {
  const header: Header = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: 'tests',
    date: new Date().toISOString(),
    version: '5.4',
  };
  return { header, parent: {}, metadata: {}, content };
}

/** HMAC-SHA256 of the frames in hex; empty without a key. */
function sign(key: string, parts: readonly (string | Buffer)[]): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/** The frames of a message, signed. */
export function encode(message: Message, key: string): string[] {
  const { header, parent, metadata, content } = message;
  const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
  return [DELIMITER, sign(key, parts), ...parts];
}

/** The message in these frames. @throws {Error} when they are malformed or the signature is wrong. */
export function decode(frames: readonly Buffer[], key: string): Message {
  const at = frames.findIndex((frame) => frame.toString() === DELIMITER);
  const parts = frames.slice(at + 2, at + 6);
  if (at < 0 || parts.length < 4) throw new Error(`decode needs a Jupyter message, got ${frames.length} frames`);
  const signature = frames[at + 1]?.toString();
  if (signature !== sign(key, parts)) throw new Error(`decode needs a valid signature, got ${signature}`);
  const [header, parent, metadata, content] = parts.map((part): unknown => JSON.parse(part.toString()));
  return { header, parent, metadata, content } as Message;
}
