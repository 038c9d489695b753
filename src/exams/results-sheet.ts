import { Injectable } from '@nestjs/common';
import { Settings } from '../infrastructure/settings/settings.js';
import type { ImportValues } from '../kernel/import-definition.js';
import { OfficerIdentity } from '../officers/index.js';
import type { ExamRow } from './exam.rows.js';
import { subjectName } from './paper-names.js';
import { SittingsQueries } from './sittings.queries.js';

const CANDIDATES_AT_ONCE = 500;

/** The rows of the sheet that is to be filled in: one per candidate and paper, read as they are written. */
@Injectable()
export class ResultsSheet {
  constructor(
    private readonly sittings: SittingsQueries,
    private readonly settings: Settings,
    private readonly identity: OfficerIdentity,
  ) {}

  async *rows(exam: ExamRow): AsyncGenerator<ImportValues> {
    const dictionary = await this.settings.dictionary(exam.held_on, 'domains');
    const domainNames = new Map(dictionary.map(({ code, nameZh }) => [code, nameZh]));
    for (let after = ''; ;) {
      const rows = await this.sittings.sheet(exam.id, after, CANDIDATES_AT_ONCE);
      const last = rows.at(-1);
      if (!last) return;
      for (const row of rows) {
        yield {
          exam: exam.title,
          admissionNo: row.admission_no,
          name: row.name,
          idNumber: this.identity.openIdNumber(row.officer_id, row.id_number_cipher),
          unit: row.unit_name,
          subject: subjectName(row.subject),
          domain: row.domain === '' ? '' : (domainNames.get(row.domain) ?? row.domain),
          score: '',
          absent: '',
          void: '',
          remark: '',
          version: String(row.version ?? 0),
        };
      }
      after = last.registration_id;
    }
  }
}
