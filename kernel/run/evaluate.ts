// Runs scripts in V8's REPL mode: top-level await, redeclaration, top-level variables at full speed.
import { type Runtime, Session } from 'node:inspector';

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown } | 'terminated';
export type Evaluate = (script: string, done: (outcome: Outcome) => void) => void;

const GROUP = 'cell';
const HOLDER = '__kernelThrown';

/**
 * Returns a function that evaluates a script and calls back, at once or when awaited work has settled. After a
 * termination in asynchronous code it never calls back: the interrupt's message ends the cell.
 */
export function createEvaluator(): Evaluate {
  const session = new Session();
  session.connect();
  return (expression, done) => {
    const options = { expression, replMode: true, awaitPromise: true, objectGroup: GROUP, silent: true };
    session.post('Runtime.evaluate', options, (failure: Error | null, answer?: Runtime.EvaluateReturnType) => {
      if (failure) {
        done('terminated');
        return;
      }
      const details = answer?.exceptionDetails;
      const outcome: Outcome = details ? { ok: false, error: thrown(session, details.exception) } : { ok: true };
      // The inspector keeps the results it has described and the arguments of console calls: let them go.
      session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
      session.post('Runtime.discardConsoleEntries');
      done(outcome);
    });
  };
}

/** The thrown value itself, not the inspector's description of it. */
function thrown(session: Session, remote: Runtime.RemoteObject | undefined): unknown {
  if (!remote?.objectId) return primitive(remote);
  const held: { error?: unknown } = {};
  Object.defineProperty(globalThis, HOLDER, { configurable: true, value: held });
  session.post('Runtime.callFunctionOn', {
    objectId: remote.objectId,
    functionDeclaration: `function () { globalThis.${HOLDER}.error = this; }`,
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
