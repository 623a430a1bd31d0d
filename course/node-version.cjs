// Preloaded by every command (`node -r`), so that an old Node ends with one sentence instead of a syntax error.
// Plain ES5: Node 4 must be able to read it.
var wanted = [20, 19];
var version = process.versions.node.split('.').map(Number);

if (version[0] < wanted[0] || (version[0] === wanted[0] && version[1] < wanted[1])) {
  console.error(
    'netlens needs Node ' +
      wanted.join('.') +
      ' or newer, got ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\n' +
      '  Install a current Node: https://nodejs.org, or with a version manager: nvm install 22',
  );
  process.exit(1);
}
