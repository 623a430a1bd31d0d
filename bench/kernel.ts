// Start and cells of the course kernel, side by side with Python's ipykernel.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../course/tools.js';
import { type Kernel, kernelCommand, startKernel } from '../tests/kernel/client.js';
import { type Samples, seconds, summary, table } from './measure.js';

interface Subject {
  readonly name: string;
  readonly command: readonly string[];
  /** A loop of 5 million additions over variables at the top level, and the same in a block of its own. */
  readonly topLevelLoop: string;
  readonly blockLoop: string;
}

const subjects: readonly Subject[] = [
  {
    name: 'course kernel',
    command: kernelCommand(),
    topLevelLoop: 'let sum = 0; for (let i = 0; i < 5e6; i += 1) sum += i; sum',
    blockLoop: '{ let inner = 0; for (let i = 0; i < 5e6; i += 1) inner += i; inner }',
  },
  {
    name: 'ipykernel',
    command: [join(root, '.venv/bin/python'), '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
    topLevelLoop: 'total = 0\nfor i in range(5_000_000): total += i',
    blockLoop: 'def inner():\n  total = 0\n  for i in range(5_000_000): total += i\ninner()',
  },
];

interface Measured {
  readonly answer: number[];
  readonly firstCell: number[];
  readonly cell: number[];
  readonly memory: number[];
  readonly topLevelLoop: number[];
  readonly blockLoop: number[];
}

/** The kernel's table. Rounds alternate between the subjects, so that a busy moment hits both. */
export async function kernelTable(rounds = 9): Promise<string> {
  const measured = subjects.map(
    (): Measured => ({ answer: [], firstCell: [], cell: [], memory: [], topLevelLoop: [], blockLoop: [] }),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) await measure(subject, measured[index]!);
  }
  const row = (what: string, pick: (of: Measured) => Samples, digits: number) => [
    what,
    ...measured.map((of) => summary(pick(of), digits)),
  ];
  return table(
    ['', ...subjects.map(({ name }) => name)],
    [
      row('start until `kernel_info` is answered, s', (of) => of.answer, 2),
      row('start until the first cell is done, s', (of) => of.firstCell, 2),
      row('a trivial cell, ms', (of) => of.cell, 1),
      row('memory when idle, MB', (of) => of.memory, 0),
      row('5 million additions at top level, ms', (of) => of.topLevelLoop, 0),
      row('the same in a block or function, ms', (of) => of.blockLoop, 0),
    ],
  );
}

async function measure(subject: Subject, into: Measured): Promise<void> {
  const start = performance.now();
  const kernel = await startKernel({ command: subject.command, cwd: join(root, 'notebooks') });
  try {
    into.answer.push(kernel.answeredAfter());
    await kernel.execute('1 + 1');
    into.firstCell.push((performance.now() - start) / 1000);
    for (let i = 0; i < 10; i += 1) into.cell.push(1000 * (await seconds(() => kernel.execute(`1 + ${i}`))));
    into.memory.push(residentMegabytes(kernel));
    into.topLevelLoop.push(1000 * (await seconds(() => kernel.execute(subject.topLevelLoop))));
    into.blockLoop.push(1000 * (await seconds(() => kernel.execute(subject.blockLoop))));
  } finally {
    await kernel.stop();
  }
}

/** Linux only; elsewhere not a number. */
function residentMegabytes(kernel: Kernel): number {
  const status = process.platform === 'linux' ? readFileSync(`/proc/${kernel.pid()}/status`, 'utf8') : '';
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
