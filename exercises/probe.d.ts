// What probe cells find.

/** Sends a value of the answer to the judge. */
declare const probe: import('../course/grading/probe.js').Probe;
/** For inputs that are the same each time. */
declare const numpyRandom: typeof import('../course/grading/probe.js').numpyRandom;
