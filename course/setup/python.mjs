// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Failure } from './failure.mjs';

/**
 * A Python interpreter and what it can do.
 *
 * @typedef {object} Python
 * @property {string} executable
 * @property {string} base the interpreter behind it, if it belongs to a virtual environment
 * @property {string} version such as 3.11.7
 * @property {boolean} venv whether it has the module that makes virtual environments
 * @property {boolean} ensurepip whether it can put pip into them
 * @property {string} pip the version of its own pip, empty if it has none
 */

const wanted = '3.10';
const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const launchers = process.platform === 'win32' ? [['python'], ['py', '-3'], ['python3']] : names.map((name) => [name]);

// Any Python since 2.6 can read this.
const question = `
import json, sys
def ask(answer):
    try:
        return answer()
    except Exception:
        return ''
sys.stdout.write(json.dumps({
    'executable': sys.executable, 'base': getattr(sys, '_base_executable', sys.executable),
    'version': '.'.join(map(str, sys.version_info[:3])),
    'venv': bool(ask(lambda: __import__('venv').create)),
    'ensurepip': bool(ask(lambda: __import__('ensurepip').version())),
    'pip': str(ask(lambda: __import__('pip').__version__))}))
`;

/**
 * Asks a Python what it is.
 *
 * @param {readonly string[]} command
 * @returns {Python | undefined} undefined if it does not answer
 */
export function askPython([program = '', ...args]) {
  const { status, stdout } = spawnSync(program, [...args, '-c', question], {
    encoding: 'utf8',
    timeout: 30_000,
    env: pythonEnv(),
  });
  try {
    return status === 0 ? JSON.parse(stdout) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The first Python of this machine that can carry the course: the one that PYTHON names, else the first on the path.
 *
 * @returns {Python}
 * @throws Failure that says what is missing and the line that helps
 */
export function findPython() {
  const named = process.env['PYTHON'];
  /** @type {Python[]} */
  const found = [];
  for (const command of named ? [[named]] : launchers) {
    const python = askPython(command);
    if (!python) continue;
    if (isRecent(python) && makesEnvironments(python)) return python;
    found.push(python);
  }
  const recent = found.find(isRecent);
  throw recent ? cannotMakeEnvironments(recent) : noRecentPython(found[0], named);
}

/** @param {Python} python */
const isRecent = ({ version }) => isAtLeast(version, wanted);

/**
 * Whether it can make an environment with pip in it, or at least fill one with its own pip.
 *
 * @param {Python} python
 */
const makesEnvironments = ({ venv, ensurepip, pip }) => venv && (ensurepip || isAtLeast(pip, '22.3'));

/**
 * @param {Python} python
 * @returns {Failure}
 */
function cannotMakeEnvironments({ executable, version, venv }) {
  const [major, minor] = version.split('.');
  const module = venv ? 'ensurepip' : 'venv';
  return new Failure(
    `Python ${version} (${executable}) cannot make virtual environments: its module ${module} is missing.`,
    {
      help: existsSync('/etc/debian_version')
        ? `sudo apt install python${major}.${minor}-venv`
        : 'Install it, or name a complete Python: PYTHON=/path/to/python3 npm start',
    },
  );
}

/**
 * @param {Python | undefined} old
 * @param {string | undefined} named
 * @returns {Failure}
 */
function noRecentPython(old, named) {
  const found = old ? `Python ${old.version} (${old.executable})` : 'none';
  const place = named ? `PYTHON=${named}: ` : '';
  return new Failure(`${place}netlens needs Python ${wanted} or newer, found ${found}.`, { help: installLine() });
}

/** @returns {string} */
function installLine() {
  const elsewhere = ', or name one that you have: PYTHON=/path/to/python3 npm start';
  if (process.platform === 'win32') return `winget install Python.Python.3.12${elsewhere}`;
  if (process.platform === 'darwin') return `brew install python@3.12${elsewhere}`;
  if (existsSync('/etc/debian_version')) return `sudo apt install python3 python3-venv${elsewhere}`;
  return `Install one with your package manager (sudo dnf install python3)${elsewhere}`;
}

/**
 * @param {string} version
 * @param {string} least
 * @returns {boolean}
 */
function isAtLeast(version, least) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/**
 * The environment for Python tools: without the settings that would make them see packages of other places.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function pythonEnv() {
  const { PYTHONPATH: _path, PYTHONHOME: _home, PIP_USER: _user, PIP_TARGET: _target, ...env } = process.env;
  return { ...env, PIP_USER: '0' };
}
