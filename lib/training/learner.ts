/** Mean loss over some rows, and the share of right classes where the loss knows classes. */
export type Score = { readonly loss: number; readonly accuracy: number | undefined };

/** A model on its way. Rows are given by their places in an order; where work takes long it yields, and others may have a turn. */
export interface Learner {
  /** Puts the rows into a new random order, all but the first `from`; in the beginning they are in that of the data. */
  shuffle(from: number): void;
  /** One step of the optimiser on the rows order[from] … order[to - 1]; the score is that before the step. */
  learn(from: number, to: number): Generator<undefined, Score>;
  /** The score of these rows, which are not learnt from. */
  measure(from: number, to: number): Generator<undefined, Score>;
  /** Makes sure that the model's weights are those learnt so far. */
  publish(): void;
  /** Frees what the learning has needed. */
  dispose(): void;
}
