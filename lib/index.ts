export { type Events, readEvents, type Sample } from './event-file.js';
export { type EventCounts, type EventTable, generateEvents } from './events.js';
export { type NumberArray, numpyRandom, type Random, type Shufflable } from './random.js';
