import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { Db } from '../../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import { Clock } from '../../kernel/clock.js';
import type { MismatchKind } from './mismatch.dto.js';

export interface MismatchReport {
  /** Made when the form was handed out, so that the same form sent twice is one report. */
  readonly id: string;
  readonly certificateId: string | null;
  readonly subjectId: string | null;
  readonly kind: MismatchKind;
  /** What the page said. */
  readonly verdict: string;
  readonly description: string | null;
  readonly place: string | null;
}

/** Takes in what the public says does not fit. Who said it is not kept; what was said is encrypted. */
@Injectable()
export class ReportMismatch {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly secrets: PersonalData,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async execute(report: MismatchReport): Promise<void> {
    const { id } = report;
    const sealed = (text: string | null, column: string): string | null =>
      text === null ? null : this.secrets.encrypt(withoutIdNumbers(text), `mismatch_reports.${column}.${id}`);
    try {
      await this.uow.run(async () => {
        await this.db.insert('mismatch_reports', {
          id,
          certificate_id: report.certificateId,
          subject_id: report.subjectId,
          kind: report.kind,
          verdict: report.verdict,
          description_cipher: sealed(report.description, 'description'),
          place_cipher: sealed(report.place, 'place'),
          reported_at: new Date(await this.clock.now()),
          status: 'OPEN',
        });
        await this.outbox.put('mismatch.reported', { reportId: id });
        const { kind, verdict, certificateId } = report;
        this.audit.record(
          null,
          'mismatch.report',
          { type: 'mismatch-report', id },
          { after: { kind, verdict, certificateId } },
        );
      });
    } catch (error) {
      if (!isDuplicateOf(error, 'PRIMARY') && !isDuplicateOf(error, 'pk_mismatch_reports')) throw error;
    }
  }
}

/** What people type may hold somebody's ID number: it is not kept. */
const withoutIdNumbers = (text: string): string => text.normalize('NFKC').replace(/\d{14,17}[\dXx]/g, '***');
