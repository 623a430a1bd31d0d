/**
 * The small programs that do the work, on blocks of rows: X[feature][row] at an address of a {@link Memory}, where `rows`,
 * the length of a block, fills a multiple of 64 bytes. One interface for both precisions, for the compiled kernels
 * (lib/dense/assembly, where each is explained) and for their plain twins (lib/dense/twins), which give the same bits.
 */
export interface Kernels extends LayerKernels, DerivativeKernels, HeadKernels, PatternKernels, TrainingKernels {}

interface LayerKernels {
  toBlock(block: number, x: number, count: number, features: number, rows: number): void;
  toRows(x: number, block: number, count: number, features: number, rows: number): void;
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

interface DerivativeKernels {
  scaleRows(a: number, f: number, d: number, units: number, width: number, rows: number): void;
  scaleMatrix(a: number, matrix: number, stride: number, d: number, units: number, width: number, rows: number): void;
  addCurvature(h: number, g: number, d2: number, f: number, units: number, width: number, rows: number): void;
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

interface HeadKernels {
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

interface PatternKernels {
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

interface TrainingKernels {
  gather(block: number, x: number, index: number, count: number, features: number, rows: number): void;
  addWeightGradient(dw: number, g: number, x: number, outputs: number, inputs: number, rows: number): void;
  sumLanes(g: number, v: number, w: number, count: number): void;
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    count: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  binaryCrossEntropy(
    g: number,
    z: number,
    y: number,
    scale: number,
    outputs: number,
    count: number,
    rows: number,
  ): number;
  squaredError(g: number, z: number, y: number, scale: number, outputs: number, count: number, rows: number): number;
}
