import { PassThrough, type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { writeWorkbook, type XlsxColumn, type XlsxValue } from '../infrastructure/files/index.js';
import type { Actor } from '../kernel/actor.js';
import type { ImportColumn } from '../kernel/import-definition.js';
import { ExamResultsImport } from './exam-results.import.js';
import type { ExamRow } from './exam.rows.js';
import { ExamsQueries } from './exams.queries.js';
import { ResultsSheet } from './results-sheet.js';

export interface DownloadedSheet {
  readonly examNo: number;
  readonly content: Readable;
}

/** Hands out the sheet of an exam. It holds full ID numbers, so every download leaves an entry in the audit trail. */
@Injectable()
export class DownloadResultsSheet {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exams: ExamsQueries,
    private readonly sheet: ResultsSheet,
    private readonly definition: ExamResultsImport,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404 */
  async execute(actor: Actor, examId: string): Promise<DownloadedSheet> {
    const exam = await this.uow.run(async () => {
      const found = await this.exams.inScope(actor, examId);
      this.audit.record(actor, 'exam.download-results-sheet', { type: 'exam', id: examId });
      return found;
    });
    const content = new PassThrough();
    writeWorkbook(content, {
      sheets: [
        {
          name: this.definition.title,
          columns: this.definition.columns.map(sheetColumn),
          rows: this.lines(exam),
          freezeHeader: true,
        },
      ],
    }).catch((error: unknown) => content.destroy(error instanceof Error ? error : new Error('the sheet broke off')));
    return { examNo: exam.exam_no, content };
  }

  private async *lines(exam: ExamRow): AsyncGenerator<readonly XlsxValue[]> {
    const fields = this.definition.columns.map(({ field }) => field);
    for await (const values of this.sheet.rows(exam)) yield fields.map((field) => values[field] ?? '');
  }
}

/** Everything but the score is text, so that numbers keep their zeros and their last three digits. */
const sheetColumn = ({ headings, cell, options, note, hidden }: ImportColumn): XlsxColumn => ({
  header: headings[0] ?? '',
  width: cell === 'id-number' || cell === 'text' ? 20 : 12,
  text: cell !== 'score',
  ...(options ? { options: options.map(({ zh }) => zh) } : {}),
  ...(note === undefined ? {} : { note }),
  ...(hidden ? { hidden } : {}),
});
