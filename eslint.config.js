import tseslint from 'typescript-eslint';

// Biome formats and lints; these few rules need types.
export default tseslint.config(
  { ignores: ['.venv', 'build', 'coverage', 'dist', 'vendor', 'lib/dense/assembly', 'lib/lorenz96/assembly'] },
  {
    files: ['{lib,kernel,exercises,course,tests,bench}/**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
    },
  },
);
