import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Cell, MarkedValue, XlsxColumn } from '../../infrastructure/files/index.js';
import type { Actor } from '../../kernel/actor.js';
import type { ImportDefinition, RowProblem } from '../../kernel/import-definition.js';
import type { ImportRecord } from '../import-record.js';
import { ImportStore, wrongStatus } from '../import-store.js';
import { cellOf } from '../rows/mask-row.js';
import { RowCodec } from '../rows/row-codec.js';
import { isError } from '../rows/row-reader.js';
import { StagedLines } from '../rows/staged-lines.js';
import { markerSheet, streamed, templateColumns, type Workbook } from './import-template.js';
import { ROUND_COLUMNS } from './round-marker.js';

interface BadRow {
  readonly row_no: number;
  readonly overlay_cipher: string | null;
  readonly problems_json: string | null;
}

const CHUNK = 500;
/** Before these there is nothing to say about a row. */
const TOO_EARLY = ['RECEIVED', 'PARSING', 'NEEDS_MAPPING', 'VALIDATING'];

/**
 * The rows that were not imported, in the layout of the template, each with its reason. They stand in clear, because they are to be
 * corrected: every download leaves an entry in the audit trail.
 */
@Injectable()
export class ErrorWorkbook {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly codec: RowCodec,
    private readonly staged: StagedLines,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 */
  async execute(actor: Actor, id: string): Promise<Workbook> {
    const record = await this.uow.run(async () => {
      const found = await this.store.lock(actor, id);
      if (TOO_EARLY.includes(found.status)) throw wrongStatus(found.status, 'Its rows have not been examined yet.');
      this.audit.record(actor, 'import.download-errors', { type: 'import', id }, { after: { round: found.round } });
      return found;
    });
    const definition = this.store.definitionOf(record);
    return {
      fileName: `${definition.title}-错误清单-第${record.round}轮.xlsx`,
      content: streamed([
        {
          name: '填写页',
          columns: [...templateColumns(definition), ...OWN_COLUMNS],
          rows: this.lines(record, definition),
          freezeHeader: true,
        },
        markerSheet([
          ['import', record.id],
          ['kind', record.kind],
          ['version', String(definition.version)],
          ['round', String(record.round)],
        ]),
      ]),
    };
  }

  private async *lines(record: ImportRecord, definition: ImportDefinition): AsyncGenerator<readonly MarkedValue[]> {
    for (let after = 0; ;) {
      const rows = await this.db.rows<BadRow>(
        `SELECT s.row_no, s.overlay_cipher, s.problems_json FROM import_results s
         WHERE s.import_id = ? AND s.state IN ('INVALID', 'FAILED') AND s.row_no > ? ORDER BY s.row_no LIMIT ?`,
        [record.id, after, CHUNK],
      );
      const lines = await this.staged.of(
        record.id,
        rows.map(({ row_no }) => row_no),
      );
      for (const row of rows) {
        const line = lines.get(row.row_no);
        if (!line) throw new Error('a staged line is not there');
        yield this.line(record, definition, line.cells, row);
      }
      const last = rows.at(-1);
      if (!last || rows.length < CHUNK) return;
      after = last.row_no;
    }
  }

  private line(
    { id, mapping }: ImportRecord,
    definition: ImportDefinition,
    cells: readonly Cell[],
    row: BadRow,
  ): MarkedValue[] {
    const overlay = this.codec.openOverlay(id, row.row_no, row.overlay_cipher);
    const problems = (JSON.parse(row.problems_json ?? '[]') as RowProblem[]).filter(({ level }) => level !== 'NOTE');
    const values = definition.columns.map(({ field }): MarkedValue => {
      const value = cellOf(field, mapping, cells, overlay)?.text ?? '';
      const said = problems.filter(({ column }) => column === field);
      if (said.length === 0) return { value };
      return {
        value,
        fill: said.some(isError) ? 'error' : 'warning',
        note: said.map(({ detail }) => detail).join('\n'),
      };
    });
    const reasons = problems.filter(isError).map(({ column, detail }) => `${headingOf(definition, column)}${detail}`);
    return [...values, { value: String(row.row_no) }, { value: reasons.join('；'), fill: 'error' }];
  }
}

const OWN_COLUMNS: readonly XlsxColumn[] = ROUND_COLUMNS.map(({ headings }, index) => ({
  header: headings[0] ?? '',
  text: true,
  width: index === 0 ? 10 : 60,
  note: index === 0 ? '请勿修改：再次上传时凭此找到原来的行。' : '改好后再次上传本文件即可，此列会被忽略。',
}));

const headingOf = (definition: ImportDefinition, field: string | null): string => {
  const heading = definition.columns.find((column) => column.field === field)?.headings[0];
  return heading === undefined ? '' : `【${heading}】`;
};
