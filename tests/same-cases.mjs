// Every run of the tests tries a property with the same cases, so that none fails by chance; NETLENS_CASES=2 tries others.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.NETLENS_CASES ?? 1) });
