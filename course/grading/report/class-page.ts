import { escaped } from '../../../lib/table.js';
import type { Grade } from '../grade-submission.js';
import { fileName } from '../results.js';
import type { ClassReport, ReportedNotebook, ReportedStudent } from './class-report.js';
import { page, SORT_SCRIPT, type TableCell, table } from './page.js';

/** The teacher's page: what the class has got, how each exercise went, what a person should look at. */
export function classPage(report: ClassReport): string {
  const { students, refused, sandbox } = report;
  const body = [
    `<p>Students graded: ${students.length}. Files that could not be graded: ${refused.length}. Sandbox: ${escaped(sandbox.meaning)}</p>`,
    '<h2>Marks</h2>',
    marks(report),
    distribution(students),
    '<h2>Exercises</h2>',
    ...report.notebooks.map((notebook) => exercises(notebook, students)),
    '<h2>For you to look at</h2>',
    attention(report),
  ];
  return page('Marks of the class', body.join('\n'), SORT_SCRIPT);
}

function marks({ notebooks, students }: ClassReport): string {
  return table({
    caption: 'Marks by student; click on a head to sort',
    heads: ['student', 'mark', 'of', ...notebooks.map(({ notebook, points }) => `${notebook} (of ${points})`), 'state'],
    rows: students.map((student) => {
      const parts = notebooks.map(({ notebook }): TableCell => {
        return student.submissions.find((each) => each.notebook === notebook)?.mark ?? '–';
      });
      return [link(student), student.mark, student.points, ...parts, student.isFinal ? 'final' : 'waits for you'];
    }),
    isSortable: true,
  });
}

function link({ student }: ReportedStudent): TableCell {
  const href = `students/${encodeURIComponent(fileName(student))}.html`;
  return { html: `<a href="${href}">${escaped(student)}</a>`, key: student };
}

const BINS = 10;
const BAR = { width: 44, height: 120 } as const;

/** How many students have got which share of their points. */
function distribution(students: readonly ReportedStudent[]): string {
  const counts = new Array<number>(BINS).fill(0);
  for (const { mark, points } of students) counts[Math.min(BINS - 1, Math.floor((BINS * mark) / points))]! += 1;
  const most = Math.max(...counts, 1);
  const ranges = counts.map((_, bin) => `${(100 / BINS) * bin}–${(100 / BINS) * (bin + 1)} %`);
  const bars = counts.map((count, bin) => {
    const height = (BAR.height * count) / most;
    const x = BAR.width * bin;
    const top = 20 + BAR.height - height;
    return `<rect x="${x + 2}" y="${top}" width="${BAR.width - 4}" height="${height}"/>
<text x="${x + BAR.width / 2}" y="${top - 4}" text-anchor="middle">${count}</text>
<text x="${x + BAR.width / 2}" y="${BAR.height + 36}" text-anchor="middle">${(100 / BINS) * (bin + 1)}</text>`;
  });
  const words = ranges.map((range, bin) => `${range}: ${counts[bin]}`).join(', ');
  const size = `width="${BAR.width * BINS}" height="${BAR.height + 60}"`;
  return `<figure><svg role="img" aria-label="Students by share of their points. ${words}" ${size}>
${bars.join('\n')}
<text x="${(BAR.width * BINS) / 2}" y="${BAR.height + 54}" text-anchor="middle">share of the points, up to … %</text>
</svg><figcaption>How many students have got which share of their points</figcaption></figure>`;
}

function exercises({ notebook, exercises: asked }: ReportedNotebook, students: readonly ReportedStudent[]): string {
  const submissions = students.flatMap((student) => student.submissions.filter((each) => each.notebook === notebook));
  return table({
    caption: notebook,
    heads: ['exercise', 'points', 'mean', 'share', 'full', 'none', 'not written', 'not run'],
    rows: asked.map(({ exercise, points }) => {
      const grades = submissions.flatMap((each) => each.exercises.filter((grade) => grade.exercise === exercise));
      const given = grades.flatMap(({ mark }) => mark ?? []);
      const mean = given.reduce((sum, mark) => sum + mark, 0) / Math.max(given.length, 1);
      const share = `${Math.round((100 * mean) / points)} %`;
      const meter = `<meter min="0" max="${points}" value="${mean}" aria-label="${share}"></meter> ${share}`;
      const having = (state: string): number => grades.filter((grade) => grade.state === state).length;
      const full = given.filter((mark) => mark === points).length;
      const none = given.filter((mark) => mark === 0).length;
      return [
        exercise,
        points,
        Number(mean.toFixed(2)),
        { html: meter },
        full,
        none,
        having('not written'),
        having('not run'),
      ];
    }),
  });
}

/** What could not be graded or run, what needs a person, what was tampered with. */
function attention({ students, refused }: ClassReport): string {
  const files = refused.map(({ student, file, reason }) => [student, file, `not graded: ${reason}`]);
  const found = students.flatMap(({ student, submissions }) =>
    submissions.flatMap(({ notebook, remarks, exercises: grades }) => [
      ...grades
        .filter(({ remark }) => remark !== '')
        .flatMap((grade) => openMatter(grade).map((what) => [student, `${notebook}/${grade.exercise}`, what])),
      ...remarks.map(({ text }) => [student, notebook, text]),
    ]),
  );
  const rows = [...files, ...found];
  if (rows.length === 0) return '<p>Nothing.</p>';
  return table({ caption: 'What was found', heads: ['student', 'where', 'what'], rows, isSortable: true });
}

// What is still to be done or known about an answer, if anything.
function openMatter({ state, mark, remark }: Grade): readonly string[] {
  if (state === 'not written') return [];
  if (state !== 'for a person') return [`${state}: ${remark}`];
  return mark === null ? ['for a person: write its mark into marks.csv and grade again'] : [];
}
