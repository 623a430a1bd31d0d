// The cells of this session, for history_request.
import type { Json } from '../threads.js';

interface Entry {
  readonly line: number;
  readonly code: string;
  readonly shown: string | undefined;
}

export function createHistory() {
  const entries: Entry[] = [];
  return {
    add(entry: Entry): void {
      entries.push(entry);
    },
    /** The content of a history_reply. */
    answer(request: Json): Json {
      const found = select(entries, request);
      const last = typeof request['n'] === 'number' && request['n'] > 0 ? found.slice(-request['n']) : found;
      const withOutput = request['output'] === true;
      return { history: last.map((e) => [0, e.line, withOutput ? [e.code, e.shown ?? null] : e.code]) };
    },
  };
}

function select(entries: readonly Entry[], request: Json): readonly Entry[] {
  if (request['hist_access_type'] === 'range') {
    const start = typeof request['start'] === 'number' ? request['start'] : 0;
    const stop = typeof request['stop'] === 'number' ? request['stop'] : Number.POSITIVE_INFINITY;
    return entries.filter(({ line }) => line >= start && line < stop);
  }
  if (request['hist_access_type'] !== 'search') return entries;
  const pattern = glob(String(request['pattern'] ?? '*'));
  const found = entries.filter(({ code }) => pattern.test(code));
  return request['unique'] === true
    ? found.filter(({ code }, at) => found.findLastIndex((other) => other.code === code) === at)
    : found;
}

function glob(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '[^]*').replace(/\?/g, '[^]')}$`);
}
