export { plainEngine as compiledEngine } from './plain.js';
