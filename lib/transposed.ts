/** A matrix [rows, columns], row by row, as one of [columns, rows]. */
export function transposed(matrix: ArrayLike<number>, [rows, columns]: readonly [number, number]): Float64Array {
  const turned = new Float64Array(rows * columns);
  for (let column = 0, place = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) turned[place++] = matrix[row * columns + column]!;
  return turned;
}
