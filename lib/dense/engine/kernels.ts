import type { Memory, Precision } from './memory.js';

/**
 * The small programs that do the work, on blocks of rows: X[feature][row] at an address of a {@link Memory}, where `rows`,
 * the length of a block, fills a multiple of 64 bytes. One interface for both precisions, for the compiled kernels
 * (lib/dense/assembly, where each is explained) and for their plain twins (lib/dense/twins), which give the same bits.
 */
export interface Kernels
  extends LayerKernels,
    DerivativeKernels,
    HeadKernels,
    PatternKernels,
    MessageKernels,
    HandDownKernels {}

export interface LayerKernels {
  toBlock(block: number, x: number, count: number, features: number, rows: number): void;
  toRows(x: number, block: number, count: number, features: number, rows: number): void;
  toSingle(numbers: number, count: number): void;
  areFinite(numbers: number, count: number): number;
  fill(block: number, values: number, features: number, rows: number): void;
  affine(y: number, weights: number, x: number, outputs: number, inputs: number, rows: number): void;
  product(
    y: number,
    matrix: number,
    stride: number,
    x: number,
    factor: number,
    outputs: number,
    inputs: number,
    rows: number,
    added: number,
  ): void;
  activate(kind: number, alpha: number, values: number, d1: number, d2: number, d3: number, count: number): void;
  softmax(z: number, outputs: number, rows: number): void;
}

export interface DerivativeKernels {
  ratios(z: number, f: number, stabiliser: number, count: number): void;
  scaleRows(a: number, f: number, d: number, units: number, width: number, rows: number): void;
  scaleMatrix(a: number, matrix: number, stride: number, d: number, units: number, width: number, rows: number): void;
  addCurvature(
    h: number,
    g: number,
    d2: number,
    f: number,
    c: number,
    units: number,
    width: number,
    rows: number,
  ): void;
  bend(a: number, second: number, f: number, d1: number, d2: number, units: number, width: number, rows: number): void;
  addTorsion(
    t: number,
    g: number,
    d2: number,
    d3: number,
    f: number,
    second: number,
    units: number,
    width: number,
    rows: number,
  ): void;
}

export interface HeadKernels {
  timesInputs(jacobians: number, x: number, count: number, outputs: number, inputs: number): void;
  clearWhereZero(jacobians: number, values: number, count: number, outputs: number, inputs: number, rows: number): void;
  headFirst(out: number, stride: number, g: number, d1: number, width: number, count: number, rows: number): void;
  headSecond(
    out: number,
    g: number,
    h: number,
    d1: number,
    d2: number,
    width: number,
    count: number,
    rows: number,
  ): void;
  headThird(
    out: number,
    g: number,
    h: number,
    t: number,
    d1: number,
    d2: number,
    d3: number,
    width: number,
    count: number,
    rows: number,
  ): void;
  reduce(u: number, a: number, p: number, o: number, outputs: number, width: number, rows: number): void;
  centre(c: number, u: number, g: number, o: number, outputs: number, width: number, rows: number): void;
  reduceSecond(u: number, c: number, p: number, outputs: number, width: number, rows: number): void;
  reduceThird(
    u: number,
    c: number,
    h: number,
    p: number,
    o: number,
    outputs: number,
    width: number,
    rows: number,
  ): void;
}

export interface PatternKernels {
  addToKeys(keys: number, z: number, units: number, bit: number, rows: number): void;
  patternJacobians(
    out: number,
    keys: number,
    count: number,
    table: number,
    mask: number,
    cache: number,
    slots: number,
    taken: number,
    first: number,
    line: number,
    layers: number,
    depth: number,
    outputs: number,
    width: number,
  ): number;
}

export interface MessageKernels {
  listUnits(
    lists: number,
    messages: number,
    relevance: number,
    count: number,
    targets: number,
    units: number,
    above: number,
    line: number,
  ): void;
  addMessages(
    messages: number,
    lists: number,
    activations: number,
    z: number,
    side: number,
    weights: number,
    bounds: number,
    biases: number,
    factor: number,
    stabiliser: number,
    spread: number,
    room: number,
    terms: number,
    count: number,
    units: number,
    above: number,
    line: number,
  ): void;
}

export interface HandDownKernels {
  handDownOwn(
    out: number,
    values: number,
    messages: number,
    count: number,
    units: number,
    above: number,
    line: number,
  ): void;
  handDown(
    out: number,
    relevance: number,
    messages: number,
    lists: number,
    count: number,
    targets: number,
    units: number,
    above: number,
    line: number,
  ): void;
  unpadded(to: number, from: number, lines: number, width: number, line: number): void;
}

/** Kernels and the memory that they work in. */
export interface Engine {
  readonly precision: Precision;
  readonly kernels: Kernels;
  readonly memory: Memory;
}
