/** A cell of an exercise source, and the line of the source where it starts. */
export interface SourceCell {
  readonly kind: 'markdown' | 'code';
  readonly text: string;
  readonly line: number;
  /** Set for an answer cell: the exercise it answers. */
  readonly exercise?: string;
  /** What the answer is worth; set for answer cells. */
  readonly points?: number;
}
