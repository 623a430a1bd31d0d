/** Wrong answers: by notebook and exercise, what is changed in the solution, and to what. */
export const mutants: Readonly<
  Record<string, Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>>
> = {
  '00-start': {
    mean: [
      [' / values.length', ''],
      ['values.length', '(values.length - 1)'],
      ['sum + value, 0', 'sum + Math.abs(value), 0'],
      ['values.length', '4'],
    ],
  },
  '01-gradients': {
    'by-class': [
      ['labels[i] === 1', 'labels[i] === 0'],
      ['labels[i] === 0', 'labels[i] !== 5'],
      ['Array.from(outputs)', 'Array.from(outputs).sort()'],
    ],
    'event-gradients': [
      ['.sum()', '.mean()'],
      ['f(inputs)', 'f(inputs).square()'],
      ['(x) as tf.Tensor2D', '(x).abs() as tf.Tensor2D'],
    ],
    'mean-gradient': [
      ['.mean(0)', '.sum(0)'],
      ['.mean(0)', '.abs().mean(0)'],
      ['gradients.mean(0)', 'gradients.mean(1) as tf.Tensor1D'],
    ],
    'mean-absolute-gradient': [
      ['.abs().mean(0)', '.mean<tf.Tensor1D>(0).abs()'],
      ['.abs()', '.square()'],
      ['.abs()', '.relu()'],
    ],
    'second-derivative': [
      ['(x) as tf.Tensor2D, i)', '(x) as tf.Tensor2D, 0)'],
      ['column(eventGradients(f, inputs as tf.Tensor2D), i).sum()', 'eventGradients(f, inputs as tf.Tensor2D).sum()'],
      ['return column', 'return tf.abs(column'],
    ],
    'taylor-polynomial': [
      [' / 2', ''],
      ['value + ', ''],
      ['dot(g, step) + ', ''],
    ],
  },
  '02-roc-curves': {
    'shares-kept': [
      ['counts.toReversed()', 'counts'],
      ['[0]', '[1]'],
      ['kept / total', 'count / total'],
      ['counts.toReversed()', '(counts as number[]).reverse()'],
    ],
    'area-under': [
      [' / 2', ''],
      ['y[i]! + y[i - 1]!', '2 * y[i]!'],
      ['y[i]! + y[i - 1]!', '2 * y[i - 1]!'],
      ['let i = 1', 'let i = 2'],
    ],
    'binned-roc': [
      ['areaUnder(curve) >= 0.5', 'true'],
      ['sharesKept(background) }', 'sharesKept(signal) }'],
      ['background.toReversed()', 'background'],
    ],
    unmasked: [
      ['Math.abs(value - 1.5)', 'value - 1.5'],
      ['1.5', '1'],
      ['Math.abs(value - 1.5)', 'Math.abs(value) - 1.5'],
    ],
    'area-by-pairs': [
      ['0.5', '0'],
      ['s > b', 's >= b'],
      ['s > b', 's < b'],
      ['all.length', 'signal.length'],
    ],
    'gaussian-area': [
      ['Math.hypot(signal.width, background.width)', '(signal.width + background.width)'],
      [' / Math.SQRT2', ''],
      ['1 + errorFunction', '1 - errorFunction'],
    ],
  },
  '03-derivative-maps': {
    'best-gradient': [
      ['p * (1 - p) * 2', '2'],
      ['* -3', '* 3'],
      ['x2 - 1.5', 'x2'],
      ['p * (1 - p) * -3', 'p * -3'],
    ],
    'events-per-cell': [
      ['40 * j + i', '40 * i + j'],
      ['value + 2', 'value'],
      ['counts[40 * j + i]! += 1', 'counts[40 * j + i] = 1'],
      ['isInside)', 'isInside || i >= 0)'],
    ],
    'root-mean-square': [
      ['chosen.length', 'values.length'],
      ['value * value', 'Math.abs(value)'],
      ['Math.sqrt(', '('],
    ],
    'per-deviation': [
      ['.abs()', ''],
      ['.sqrt()', ''],
      ['.mul(', '.div('],
    ],
    standardised: [
      ['tf.moments(like, 0)', 'tf.moments(x, 0)'],
      ['.sqrt()', ''],
      ['.sub(mean)', ''],
    ],
    'mean-and-spread': [
      ['(values.length - 1)', 'values.length'],
      ['Math.sqrt(', '('],
      ['(value - mean) ** 2', 'value ** 2'],
    ],
  },
  '04-lorenz96': {
    'slow-tendency': [
      [' - x + F', ' - x + 18'],
      ['(k + 6) % 8', '(k + 5) % 8'],
      ['- x + F', '+ F'],
      ['X[(k + 7) % 8]!', 'X[Math.max(k - 1, 0)]!'],
    ],
    'energy-budget': [
      ['-10 *', '-'],
      ['-squares(X)', 'squares(X)'],
      ['sum + x, 0', 'sum + Math.abs(x), 0'],
    ],
    'growth-rate': [
      ['return sum(products)', 'return 2 * sum(products)'],
      ['(value - t) ** 2', 'value ** 2'],
      ['Math.log(distance[i]!) - log', 'distance[i]! - log'],
    ],
    'r-squared': [
      ['1 - ', ''],
      ['truth.map((value) => (value - mean) ** 2)', 'predicted.map((value) => (value - mean) ** 2)'],
      ['- mean) ** 2', ') ** 2'],
    ],
    'with-coupling': [
      ['slope + U', 'slope - U'],
      ['slowTendency(X, 18)', 'slowTendency(X, 8)'],
      ['U[k]!', 'U[0]!'],
    ],
    autocorrelation: [
      ['/ products.length', '/ values.length'],
      ['value - mean', 'value'],
      ['moved.slice(lag)', 'moved.slice(1)'],
    ],
  },
  '05-feature-importance': {
    'shuffled-column': [
      ['rows[order[n]!]', 'rows[n]'],
      ['row.with(input, rows[order[n]!]![input]!)', 'rows[order[n]!]!'],
      [
        'row.with(input, rows[order[n]!]![input]!)',
        'Object.assign(row as number[], { [input]: rows[order[n]!]![input]! })',
      ],
    ],
    'drop-of-r2': [
      ['squares(after) - squares(before)', 'squares(before) - squares(after)'],
      ['return (', 'return Math.abs('],
      [' / squares(truth.map(() => mean))', ''],
    ],
    'mean-with-error': [
      ['/ values.length / (values.length - 1)', '/ (values.length - 1)'],
      ['(values.length - 1)', 'values.length'],
      ['Math.sqrt(', '('],
    ],
    'exact-rise': [
      ['losses.length ** 2', 'losses.length'],
      [' - sum(diagonal) / losses.length', ''],
      ['row[i]!', 'row[0]!'],
    ],
    'linear-importance': [
      ['2 * coefficient ** 2', 'coefficient ** 2'],
      ['coefficient ** 2', 'coefficient'],
      ['(value - mean) ** 2', 'value ** 2'],
    ],
    neighbours: [
      ['Math.min(steps, 8 - steps)', 'steps'],
      ['i !== k && ', ''],
      ['<= reach', '< reach'],
    ],
  },
  '06-saliency': {
    slopes: [
      ['!isRelu || value > 0', 'value > 0'],
      ['!isRelu || value > 0', 'true'],
      ['a = z.map((value, k) => (isOn[k] ? value : 0));', ''],
    ],
    'mean-map': [
      ['tf.sqrt(variance)', 'variance'],
      ['tf.moments(maps, 0)', 'tf.moments(tf.abs(maps), 0)'],
      ['tf.sqrt(variance)', 'tf.sqrt(tf.mul(variance, 20 / 19))'],
    ],
    'linear-outputs': [
      ['tf.sub(states, means.x)', 'states'],
      [', means.u)', ', 0)'],
      ['tf.sub(states, means.x)', 'tf.add(states, means.x)'],
    ],
    differences: [
      ['/ (2 * h)', '/ h'],
      ['f(x.with(i, value - h))', 'f(x)'],
      ['columns[0]!.map((_, k) => columns.map((column) => column[k]!))', 'columns'],
    ],
    'block-error': [
      ['Math.floor(values.length / block)', 'Math.ceil(values.length / block)'],
      ['.error', '.value'],
      ['sum(one) / block', 'sum(one)'],
    ],
    'along-the-ring': [
      ['(k + d)', '(k - d + map.length)'],
      [' / map.length)', ')'],
      ['row[(k + d) % map.length]!', 'row[d]!'],
    ],
  },
  '07-relevance': {
    'hand-down': [
      ['+ b[k]!', ''],
      ['value * sum', 'sum'],
      ['/ z[k]!', ''],
    ],
    'relevance-of-output': [
      ['i === k ? output : 0', 'output'],
      ['i === k ? output : 0', 'i === k ? 1 : 0'],
      ['l >= 0', 'l > 0'],
    ],
    'find-the-bug': [
      ['isRelu ? z.map((value) => Math.max(0, value)) : z', 'z.map((value) => Math.max(0, value))'],
      ['+ b[k]!', ''],
      ['Math.max(0, value)', 'Math.abs(value)'],
    ],
    'bias-keeps': [
      [' + b[k]!', ''],
      ['b[k]! * r', 'r'],
      ['b[k]! * r', 'Math.abs(b[k]!) * r'],
    ],
    stabilised: [
      ['value < 0', 'value <= 0'],
      ['value < 0 ? -epsilon : epsilon', 'epsilon'],
      ['+ (value < 0 ? -epsilon : epsilon)', ''],
    ],
    choices: [
      ['gammaRule(0.25)', 'gammaRule(0.5)'],
      ["{ at: 'last', rule: zeroRule() }, ", ''],
      ['wSquareRule()', 'zeroRule()'],
    ],
    impostor: [
      ['[1, 8, 1]', '[1, 7, 1]'],
      ['tf.expandDims(x, 1)', 'tf.expandDims(tf.abs(x), 1)'],
      ['tf.tile(tf.expandDims(x, 1), [1, 8, 1])', 'tf.transpose(tf.tile(tf.expandDims(x, 1), [1, 8, 1]), [0, 2, 1])'],
    ],
  },
};
