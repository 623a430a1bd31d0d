export { couple, freeMemory, isFinite, place } from './layout';
export { advance, configure } from './rk4';
