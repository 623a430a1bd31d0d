import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bubblewrap, SCRATCH } from '../../../course/grading/bubblewrap.js';
import { OWN_KEYRING } from '../../../course/grading/execute.js';
import { runLimited } from '../../../course/grading/limited.js';
import { namespaces } from '../../../course/grading/namespaces.js';
import { chooseSandbox, type SandboxKind } from '../../../course/grading/sandbox.js';
import { prefixOf, type View, viewOf } from '../../../course/grading/view.js';
import { root } from '../../../course/tools.js';

const view: View = {
  readable: ['/usr', '/project/lib'],
  caches: ['/project/cache'],
  links: [{ at: '/bin', to: 'usr/bin' }],
  workplace: '/project/notebooks',
};
const inside = { folder: '/private', command: ['node', 'main.js'], isTrusted: false };
const MEGABYTE = 2 ** 20;
const limits = { cell: 10, seconds: 20, memory: 500 * MEGABYTE, processes: 20, output: MEGABYTE };

/** Whether a list holds some words one after the other. */
function holds(list: readonly string[], ...words: readonly string[]): boolean {
  return list.some((_, index) => words.every((word, n) => list[index + n] === word));
}

describe('viewOf', () => {
  const { readable, workplace } = viewOf(root);

  it('shows the library and the kernel, and neither exercises nor tests nor the history', () => {
    assert.ok(readable.includes(join(root, 'lib')));
    assert.ok(readable.includes(join(root, 'build/kernel')));
    for (const hidden of ['exercises', 'tests', '.git', 'notebooks', 'build/release', 'course']) {
      const path = join(root, hidden);
      assert.ok(!readable.some((each) => each === path || path.startsWith(`${each}/`)), hidden);
    }
    assert.equal(workplace, join(root, 'notebooks'));
  });

  it('shows where Node was installed, but never a folder around the project or the home of a teacher', () => {
    assert.equal(prefixOf('/opt/node/bin/node', ['/home/ann']), '/opt/node');
    assert.equal(prefixOf('/home/ann/bin/node', ['/home/ann']), '/home/ann/bin/node');
    assert.equal(prefixOf('/srv/bin/node', ['/srv/netlens']), '/srv/bin/node');
  });
});

describe('bubblewrap', () => {
  const args = bubblewrap(view, inside);

  it('gives a command namespaces of its own, which end with the grader, and no right', () => {
    for (const word of ['--unshare-all', '--die-with-parent', '--new-session']) assert.ok(args.includes(word), word);
    assert.ok(!args.includes('--share-net'));
    assert.ok(holds(args, '--cap-drop', 'ALL'));
  });

  it('shows what may be seen read-only, and binds nothing to be written', () => {
    for (const path of ['/usr', '/project/lib', '/project/cache'])
      assert.ok(holds(args, '--ro-bind', path, path), path);
    assert.ok(holds(args, '--size', String(SCRATCH), '--tmpfs', '/project/notebooks'));
    assert.ok(!args.includes('--bind'));
    assert.ok(holds(args, '--symlink', 'usr/bin', '/bin'));
  });

  it('ends with the command, after what could be taken for an option', () => {
    assert.deepEqual(args.slice(-3), ['--', 'node', 'main.js']);
  });

  it('lets the teacher’s own code write the caches', () => {
    assert.ok(holds(bubblewrap(view, { ...inside, isTrusted: true }), '--bind', '/project/cache', '/project/cache'));
  });

  it('has its own /tmp before it shows what may lie there', () => {
    assert.ok(args.indexOf('--tmpfs') < args.indexOf('--ro-bind'));
  });
});

describe('namespaces', () => {
  it('quotes every path for the shell', () => {
    const odd = { ...view, readable: ["/it's $HOME"] };
    const script = namespaces(odd, inside)[namespaces(odd, inside).indexOf('-c') + 1]!;
    assert.ok(script.includes(`show '/it'\\''s $HOME'`));
  });
});

for (const kind of ['bubblewrap', 'namespaces'] as const) {
  describe(`a command behind the walls of ${kind}`, () => {
    const folders: string[] = [];
    after(() => {
      for (const each of folders) rmSync(each, { recursive: true });
    });
    const run = (kind: SandboxKind, script: string, isTrusted = false) => {
      const folder = mkdtempSync(join(tmpdir(), 'netlens-walls-'));
      folders.push(folder);
      const { program, args, cwd } = chooseSandbox(root, kind).wrap({
        folder,
        command: ['sh', '-c', script],
        isTrusted,
      });
      const { stdout, status } = spawnSync(program, args, { cwd, encoding: 'utf8' });
      return { stdout: stdout.trim(), status, folder };
    };

    before(function () {
      try {
        chooseSandbox(root, kind);
      } catch {
        this.skip(); // walls cannot be tested where they cannot be built: not installed, or forbidden to this user
      }
    });

    it('stands in the folder of notebooks, which is its own', () => {
      const { stdout, folder } = run(kind, 'pwd; ls -A; echo text > file; cat file');
      assert.deepEqual(stdout.split('\n'), [join(root, 'notebooks'), 'text']);
      assert.deepEqual(
        readdirSync(folder).filter((name) => name !== 'root'),
        [],
      );
    });

    it('is built by an ordinary user, too', function () {
      if (process.getuid?.() !== 0) this.skip(); // then all other tests show it
      const folder = mkdtempSync(join(tmpdir(), 'netlens-walls-'));
      folders.push(folder);
      chmodSync(folder, 0o777);
      const { readable, links } = viewOf(root);
      const system = {
        readable: readable.filter((path) => /^\/(usr|lib|bin)/.test(path)),
        links,
        caches: [],
        workplace: '/w',
      };
      const [program, args] = kind === 'bubblewrap' ? ['bwrap', bubblewrap] : ['unshare', namespaces];
      const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', program];
      const command = [...nobody, ...args(system, { folder, command: ['true'], isTrusted: false })];
      const { status, stderr } = spawnSync('sh', ['-c', 'exec setpriv "$@"', 'sh', ...command], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
    });

    it('fills neither the disk nor the memory with what it writes', () => {
      const { stdout } = run(kind, 'for path in . /tmp /dev/shm; do df --output=size -B1 $path | tail -n 1; done');
      assert.deepEqual(stdout.split(/\s+/).map(Number), [SCRATCH, SCRATCH, SCRATCH]);
      const { stdout: mounted } = run(
        kind,
        'unshare --user --map-root-user --mount mount -t tmpfs x /tmp && echo more',
      );
      assert.equal(mounted, '');
      assert.equal(run(kind, ': > /dev/x || : > /x || : > /etc/x').status, 2);
    });

    it('cannot write the project, the system, or the caches unless it is trusted', () => {
      const write = (path: string, isTrusted = false) => run(kind, `: > ${path}`, isTrusted).status;
      for (const path of [join(root, 'lib/x'), '/usr/x', join(root, 'build/kernel-cache/netlens-test')])
        assert.notEqual(write(path), 0, path);
      assert.equal(write(join(root, 'build/kernel-cache/netlens-test'), true), 0);
      rmSync(join(root, 'build/kernel-cache/netlens-test'));
    });

    it('sees no exercise, no other process and no network device but its own', () => {
      assert.equal(run(kind, `ls ${join(root, 'exercises')}`).status, 2);
      assert.equal(run(kind, `kill -0 ${process.pid}`).status === 0, false);
      const { stdout } = run(kind, 'cat /proc/net/dev | tail -n +3 | cut -d: -f1');
      assert.match(stdout, /^\s*(lo)?\s*$/);
    });

    it('has no right that it could give itself back', () => {
      assert.match(run(kind, 'grep CapEff /proc/self/status').stdout, /0{16}$/);
      assert.notEqual(run(kind, 'mount -o remount,rw /usr').status, 0);
      assert.match(
        run(kind, 'cp /proc/sys/kernel/core_pattern /tmp/x; cat /tmp/x > /proc/sys/kernel/core_pattern || echo no')
          .stdout,
        /no/,
      );
    });
  });
}

describe('chooseSandbox', () => {
  it('takes no walls that show the project', () => {
    assert.throws(() => chooseSandbox('/usr/src/app'), /outside of \/usr, .*, got \/usr\/src\/app$/);
  });

  it('takes the best there is, and none only if that is wanted', () => {
    assert.equal(chooseSandbox(root, 'none').kind, 'none');
  });
});

describe('runLimited', () => {
  const run = (script: string, more = {}) =>
    runLimited({ program: 'sh', args: ['-c', script], cwd: tmpdir(), input: 'given' }, { ...limits, ...more });

  it('gives what a command says, and what it reads', async () => {
    const { end, code, output, words } = await run('cat; echo wrong >&2; exit 3');
    assert.deepEqual([end, code, output.toString(), words], ['ended', 3, 'given', 'wrong\n']);
  });

  it('ends what takes too long, with all that it has started, in groups of their own too', async () => {
    const marker = join(tmpdir(), `netlens-left-${process.pid}`);
    const { end } = await run(`setsid sh -c "sleep 4; echo > ${marker}" & sleep 30`, { seconds: 1 });
    assert.equal(end, 'time');
    await new Promise((resolve) => setTimeout(resolve, 4500));
    assert.equal(existsSync(marker), false);
  });

  it('does not wait for what has left the command and holds on to its output', async () => {
    const { end, output, seconds } = await run('(setsid sleep 6 &); echo done');
    assert.deepEqual([end, output.toString(), seconds < 5], ['ended', 'done\n', true]);
  });

  it('ends what says too much', async () => {
    assert.equal((await run('yes')).end, 'output');
  });

  it('ends what starts too many processes', async () => {
    assert.equal((await run('for i in $(seq 40); do sleep 20 & done; wait')).end, 'processes');
  });

  it('ends what starts too many threads in a single process', async () => {
    const start = 'for _ in range(2000): threading.Thread(target=time.sleep, args=(9,)).start()';
    const script = `import threading, time\nthreading.stack_size(65536)\n${start}`;
    assert.equal((await run(`python3 -c "${script}"`)).end, 'processes');
  });

  it('gives no more memory than allowed', async () => {
    const { end, code } = await run(`${process.execPath} -e "const all=[];for(;;)all.push(Buffer.alloc(1e8,1))"`);
    assert.ok(end === 'memory' || code !== 0);
  });

  it('passes nothing of the environment on but paths', async () => {
    process.env['NETLENS_SECRET'] = 'secret';
    const { output } = await run('env');
    delete process.env['NETLENS_SECRET'];
    assert.doesNotMatch(output.toString(), /SECRET/);
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const task = { program: 'sleep', args: ['20'], cwd: tmpdir(), input: '' };
    await assert.rejects(runLimited(task, limits, controller.signal), { name: 'AbortError' });
  });
});

describe('OWN_KEYRING', () => {
  it('hides the keys of the session that a person is logged in with', function () {
    const key = 'keys = lambda: ctypes.CDLL(None).syscall(keyctl, 0, -3, 0)'; // the number of the session's
    const script = [OWN_KEYRING, key, 'mine = keys()', OWN_KEYRING, 'print(mine, keys())'].join('\n');
    const { stdout } = spawnSync('python3', ['-c', script], { encoding: 'utf8' });
    const [mine, other] = stdout.trim().split(' ').map(Number);
    if (!(mine! > 0)) this.skip(); // a system without keyrings, or one that forbids them
    assert.notEqual(mine, other);
  });
});
