/** Activations with a kernel, in the order of their numbers there (lib/dense/assembly/activation.ts). */
export const KINDS = [
  'linear',
  'relu',
  'relu6',
  'leakyRelu',
  'hardSigmoid',
  'tanh',
  'sigmoid',
  'softplus',
  'elu',
  'selu',
  'exp',
  'softsign',
  'swish',
  'gelu',
  'mish',
] as const;
