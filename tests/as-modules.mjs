// Mocha requires what it can: the library would be there twice, as modules and, under the same address, as CommonJS.
Object.defineProperty(process.features, 'require_module', { value: false });
