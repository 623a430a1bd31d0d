/** The method by which a value shows itself in a notebook: it gives a MIME bundle (the convention of the Deno kernel). */
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display');

/** The method that gives the metadata of that bundle, by MIME type. */
export const jupyterMetadata: unique symbol = Symbol.for('Jupyter.metadata');

/** One content in several forms: MIME type to data. */
export type Bundle = Readonly<Record<string, unknown>>;

/** A value that shows itself in a notebook. */
export interface Displayable {
  /** Its forms, of which the front end takes the best that it can show. */
  [jupyterDisplay](): Bundle | Promise<Bundle>;
  /** What the front end should know about them. */
  [jupyterMetadata]?(): Bundle;
}
