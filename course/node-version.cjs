// Preloaded by every command (`node -r`), so that an old Node ends with one sentence instead of a syntax error.
// Plain ES5: Node 4 must be able to read it.
var wanted = [20, 19];
var found = process.versions.node;
var parts = found.split('.').map(Number);

if (parts[0] < wanted[0] || (parts[0] === wanted[0] && parts[1] < wanted[1])) {
  console.error('netlens needs Node 20.19 or newer, got %s (%s).', found, process.execPath);
  console.error('  Install a current Node: https://nodejs.org, or with a version manager: nvm install 22');
  process.exit(1);
}
