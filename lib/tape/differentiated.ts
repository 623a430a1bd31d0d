import * as tf from '@tensorflow/tfjs';
import { engine, ownState } from './engine.js';

/**
 * What is computed on tapes, without leaving a tensor, and with an error that names the operation that stands in the way.
 *
 * @param owner - the function that differentiates, for messages.
 * @throws Error if an operation cannot be differentiated; whatever `compute` throws.
 */
export function differentiated<T>(owner: string, compute: () => T): T {
  const own = engine()[ownState]!;
  let result: T;
  own.differentiating++;
  try {
    tf.tidy(() => {
      result = compute();
    });
    return result!;
  } catch (cause) {
    dropTape();
    throw explained(owner, cause);
  } finally {
    own.differentiating--;
  }
}

// What a tape saved is kept until its gradients are done; after an error nobody else would dispose it.
function dropTape(): void {
  const { state } = engine();
  if (state.gradientDepth > 0) return;
  for (const { saved } of state.activeTape ?? []) tf.dispose([...saved]);
  state.activeTape = null;
}

function explained(owner: string, cause: unknown): unknown {
  const message = cause instanceof Error ? cause.message : '';
  const [, missing] = /gradient function not found for (\w+)/.exec(message) ?? [];
  if (missing) return new Error(`${owner} needs operations that can be differentiated, got ${missing}`, { cause });
  const [, kernel, backend] = /Kernel '(\w+)' not registered for backend '(\w+)'/.exec(message) ?? [];
  if (!kernel) return cause;
  return new Error(`${owner} needs operations whose gradients compute with ${backend}, got ${kernel}`, { cause });
}
