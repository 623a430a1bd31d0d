// Runs scripts in V8's REPL mode: top-level await, redeclaration, top-level variables at full speed.
import { type Runtime, Session } from 'node:inspector';

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown } | 'terminated';

/** A script that runs. */
export interface Evaluation {
  /** Nobody waits for it any more; it is not called back. */
  readonly abandon: () => void;
}
type Evaluate = (script: string, done: (outcome: Outcome) => void) => Evaluation;

const GROUP = 'cell';
const HOLDER = '__kernelThrown';

/**
 * Evaluates a script and calls back, at once or when awaited work has settled. After a termination in asynchronous code it
 * never calls back: the interrupt's message ends the cell.
 *
 * Every script has an inspector session of its own, which ends with it. A session that waits for a promise that the garbage
 * collector finds to be dead would end the process (Node 22); for the same reason scripts hold what they await.
 */
export const evaluate: Evaluate = (expression, done) => {
  const session = new Session();
  session.connect();
  let waiting = true;
  const end = (): void => {
    if (!waiting) return;
    waiting = false;
    // The inspector keeps the arguments of console calls: let them go.
    session.post('Runtime.discardConsoleEntries');
    session.disconnect();
  };
  const options = { expression, replMode: true, awaitPromise: true, objectGroup: GROUP, silent: true };
  session.post('Runtime.evaluate', options, (failure: Error | null, answer?: Runtime.EvaluateReturnType) => {
    if (!waiting) return;
    const outcome = failure ? 'terminated' : outcomeOf(session, answer?.exceptionDetails);
    end();
    done(outcome);
  });
  return { abandon: end };
};

function outcomeOf(session: Session, details: Runtime.ExceptionDetails | undefined): Outcome {
  return details ? { ok: false, error: thrown(session, details.exception) } : { ok: true };
}

/** The thrown value itself, not the inspector's description of it. */
function thrown(session: Session, remote: Runtime.RemoteObject | undefined): unknown {
  if (!remote?.objectId) return primitive(remote);
  const held: { error?: unknown } = {};
  Object.defineProperty(globalThis, HOLDER, { configurable: true, value: held });
  session.post('Runtime.callFunctionOn', {
    objectId: remote.objectId,
    functionDeclaration: `function () { 'use strict'; globalThis.${HOLDER}.error = this; }`,
    objectGroup: GROUP,
  });
  Reflect.deleteProperty(globalThis, HOLDER);
  return held.error ?? remote.description;
}

function primitive(remote: Runtime.RemoteObject | undefined): unknown {
  const text = remote?.unserializableValue;
  if (text === undefined) return remote?.subtype === 'null' ? null : remote?.value;
  return remote?.type === 'bigint' ? BigInt(text.slice(0, -1)) : Number(text);
}
