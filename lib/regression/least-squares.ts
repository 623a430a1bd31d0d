import { Matrix, SingularValueDecomposition, solve } from 'ml-matrix';
import type { LinearFit } from './linear-fit.js';

/** Numbers row by row. */
interface Table {
  readonly values: ArrayLike<number>;
  readonly width: number;
}

/** The linear model of least squares, of minimum norm where several are. */
export function leastSquares(x: Table, y: Table): LinearFit {
  const rows = x.values.length / x.width;
  const [meansX, meansY] = [columnMeans(x), columnMeans(y)];
  const [centred, residuals] = [centredMatrix(x, meansX), centredMatrix(y, meansY)];
  const scales = centred.sum('column').map((_, i) => Math.sqrt(columnSquares(centred, i) / rows) || 1);
  const { rank, coefficients, variances } = solution(centred, residuals, scales);
  const freedom = rows - rank - 1;
  const total = meansY.map((_, k) => columnSquares(residuals, k));
  residuals.sub(centred.mmul(coefficients));
  const left = total.map((_, k) => columnSquares(residuals, k));
  const byOutput = coefficients.transpose().to2DArray();
  return {
    coefficients: byOutput,
    intercepts: meansY.map((mean, k) => mean - byOutput[k]!.reduce((sum, slope, i) => sum + slope * meansX[i]!, 0)),
    standardErrors: left.map((squares) =>
      variances.map((variance) => (freedom > 0 ? Math.sqrt((variance * squares) / freedom) : Number.NaN)),
    ),
    r2: total.map((all, k) => (all === 0 ? Number.NaN : 1 - left[k]! / all)),
    rank,
  };
}

interface Solution {
  readonly rank: number;
  /** Shape [in, out]. */
  readonly coefficients: Matrix;
  /** Variances of the coefficients, for residuals of variance 1; NaN where the data do not determine one. */
  readonly variances: readonly number[];
}

// X = U S Vᵀ D with the scales D; the coefficients are D⁻¹ V S⁻¹ Uᵀ Y.
function solution(x: Matrix, y: Matrix, scales: readonly number[]): Solution {
  const scaled = x.clone().divRowVector([...scales]);
  const { U, V, s } = decomposed(scaled);
  const smallest = s[0]! * Math.max(x.rows, x.columns) * Number.EPSILON;
  const rank = s.filter((value) => value > smallest).length;
  const inverse = s.map((value) => (value > smallest ? 1 / value : 0));
  const projected = U.transpose().mmul(y).mulColumnVector(inverse);
  const particular = V.mmul(projected).divColumnVector([...scales]);
  const free = freeDirections(V, rank, scales);
  const coefficients = free ? particular.clone().sub(free.mmul(solve(free, particular, true))) : particular;
  const variances = scales.map((scale, i) => {
    const isFree = V.getRow(i).some((value, j) => j >= rank && Math.abs(value) > 1e-8);
    if (isFree) return Number.NaN;
    return V.getRow(i).reduce((sum, value, j) => sum + (value * inverse[j]!) ** 2, 0) / scale ** 2;
  });
  return { rank, coefficients, variances };
}

// With fewer rows than columns V would lack directions: rows of zeros change nothing else.
function decomposed(x: Matrix): { readonly U: Matrix; readonly V: Matrix; readonly s: readonly number[] } {
  const { rows, columns } = x;
  const tall = rows >= columns ? x : Matrix.zeros(columns, columns).setSubMatrix(x, 0, 0);
  const decomposition = new SingularValueDecomposition(tall);
  const U = decomposition.leftSingularVectors.subMatrix(0, rows - 1, 0, columns - 1);
  return { U, V: decomposition.rightSingularVectors, s: decomposition.diagonal };
}

// Directions [in, free] along which coefficients change nothing.
function freeDirections(V: Matrix, rank: number, scales: readonly number[]): Matrix | undefined {
  if (rank === V.columns) return undefined;
  return V.subMatrix(0, V.rows - 1, rank, V.columns - 1).divColumnVector([...scales]);
}

function columnMeans({ values, width }: Table): readonly number[] {
  const sums = new Array<number>(width).fill(0);
  for (let i = 0; i < values.length; i++) sums[i % width]! += values[i]!;
  return sums.map((sum) => (sum * width) / values.length);
}

function centredMatrix({ values, width }: Table, means: readonly number[]): Matrix {
  const matrix = Matrix.zeros(values.length / width, width);
  for (let i = 0; i < values.length; i++) matrix.set(Math.floor(i / width), i % width, values[i]! - means[i % width]!);
  return matrix;
}

function columnSquares(matrix: Matrix, column: number): number {
  let sum = 0;
  for (let row = 0; row < matrix.rows; row++) sum += matrix.get(row, column) ** 2;
  return sum;
}
