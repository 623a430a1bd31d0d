import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toCsv } from '../csv.js';
import { fileName, store } from '../results.js';
import { classPage } from './class-page.js';
import { type ClassReport, reportRows } from './class-report.js';
import { studentPage } from './student-page.js';

const SCHEMA = join(import.meta.dirname, 'report.schema.json');

/** Writes the report into a folder: for programs, for spreadsheets, for the teacher, for each student. */
export async function writeReport(folder: string, report: ClassReport): Promise<void> {
  await store(join(folder, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  await store(join(folder, 'report.schema.json'), await readFile(SCHEMA));
  await store(join(folder, 'report.csv'), toCsv(reportRows(report)));
  await store(join(folder, 'report.html'), classPage(report));
  await rm(join(folder, 'students'), { recursive: true, force: true });
  for (const student of report.students) {
    await store(join(folder, 'students', `${fileName(student.student)}.html`), studentPage(student, report));
  }
}
