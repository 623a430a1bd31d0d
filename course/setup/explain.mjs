// @ts-check
import { Failure } from './failure.mjs';

/**
 * What the words of npm, pip and the operating system mean, first match first: the sentence ends "<tool> …".
 *
 * @type {readonly (readonly [RegExp, string, string])[]}
 */
const meanings = [
  [
    /ENOSPC|EDQUOT|No space left|quota exceeded/i,
    'ran out of disk space.',
    'Free about 2 GB and run the command again.',
  ],
  [
    /EINTEGRITY|DO NOT MATCH THE HASHES/,
    'received a package that differs from the locked one.',
    'Empty the caches (npm cache clean --force; pip cache purge) and run the command again.',
  ],
  [
    /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_|CERTIFICATE_VERIFY_FAILED|SSLError/,
    'does not trust the certificate of the package registry.',
    'Behind a company proxy: npm config set cafile FILE; pip config set global.cert FILE',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|network|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|name resolution|Max retries/i,
    'cannot reach the package registry.',
    'Check the network, or the proxy: npm config get registry; npm config get proxy; pip config list',
  ],
  [
    /EACCES|EPERM|EROFS|Permission denied|Read-only file system/i,
    'may not write into the project folder or its own cache.',
    'Run the command as the owner of both, or copy the project into a folder of your own.',
  ],
  [
    /ETARGET|E404|No matching (version|distribution)/,
    'does not find a locked package in the registry.',
    'Check which registry is asked: npm config get registry; pip config list',
  ],
  [
    /Failed (building|to build)|subprocess-exited-with-error/i,
    'found no ready-made package for this machine and could not build one.',
    'Use Python 3.10 to 3.13 (PYTHON=/path/to/python npm start).',
  ],
];

/**
 * The failure of a tool in one sentence.
 *
 * @param {string} tool
 * @param {string} output
 * @param {string} [otherwise] the sentence when the output means nothing known
 * @returns {Failure}
 */
export function explain(tool, output, otherwise = 'failed.') {
  for (const [sign, sentence, help] of meanings)
    if (sign.test(output)) return new Failure(`${tool} ${sentence}`, { help, output });
  return new Failure(`${tool} ${otherwise}`, {
    output,
    help: 'Its own words stand above; npm run doctor shows the rest.',
  });
}
