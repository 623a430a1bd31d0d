/** Something about a submission that a teacher should know. */
export interface Remark {
  readonly kind: 'release' | 'edited' | 'deleted' | 'reordered' | 'added' | 'missing' | 'duplicate' | 'moved';
  readonly text: string;
}
