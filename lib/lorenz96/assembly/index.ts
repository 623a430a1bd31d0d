export { couple, freeMemory, isFinite, loadRow, place, storeRow } from './layout';
export { advance, configure } from './rk4';
