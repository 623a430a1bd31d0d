import type { Engine, OwnState } from './engine.js';

/** Notes whether numbers are read off tensors (`dataSync`, `arraySync`) while a function is recorded: they leave the tape. */
export function noteReading(engine: Engine, own: OwnState): void {
  const read = engine.readSync;
  engine.readSync = function (this: Engine, dataId: object): unknown {
    const { gradientDepth, kernelDepth } = this.state;
    if (own.differentiating > 0 && gradientDepth > 0 && kernelDepth === 0) own.reading = true;
    return read.call(this, dataId);
  };
}
