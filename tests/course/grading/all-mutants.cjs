// For `npm run mutants`, on every system: a script of package.json cannot set a variable on Windows.
process.env['MUTANTS'] = 'all';
