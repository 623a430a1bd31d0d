/**
 * A block of the records with these numbers (u32); the rows past `count` repeat the last one. A record is a row of the data,
 * `width` numbers, a multiple of four, so that four records become four rows of a block by transpositions of 4 x 4 numbers.
 */
export function gather(block: usize, records: usize, width: i32, numbers: usize, count: i32, rows: i32): void {
  const record = <usize>width << 2, row = <usize>rows << 2, last = count - 1;
  for (let s = 0; s < rows; s += 4) {
    const a = records + record * numberAt(numbers, min(s, last)), b = records + record * numberAt(numbers, min(s + 1, last));
    const c = records + record * numberAt(numbers, min(s + 2, last)), d = records + record * numberAt(numbers, min(s + 3, last));
    let to = block + (<usize>s << 2);
    for (let v: usize = 0; v < record; v += 16) {
      transpose(to, row, v128.load(a + v), v128.load(b + v), v128.load(c + v), v128.load(d + v));
      to += row << 2;
    }
  }
}

@inline
function numberAt(numbers: usize, index: i32): usize {
  return load<u32>(numbers + (<usize>index << 2));
}

@inline
function transpose(to: usize, row: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + row, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7), cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to + 2 * row, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  v128.store(to + 3 * row, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}
