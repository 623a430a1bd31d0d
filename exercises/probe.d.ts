/** What probe cells find: it sends a value of the answer to the judge. */
declare const probe: import('../course/grading/probe.js').Probe;
