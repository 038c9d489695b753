import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { Actor } from '../../kernel/actor.js';
import { Problem } from '../../kernel/problem.js';
import type { RowProblem } from '../../kernel/import-definition.js';
import type { FixRowsDto } from '../import.dto.js';
import type { FixedRowsView } from '../import-preview.view.js';
import type { ImportRecord } from '../import-record.js';
import { ImportStore, wrongStatus } from '../import-store.js';
import { ImportRows } from '../rows/import-rows.js';
import { typed, type Overlay } from '../rows/row-codec.js';
import { ImportEnding } from '../work/import-ending.js';
import { isFixable, rawTexts, wrongColumns } from './cell-texts.js';
import { MOST_ROWS } from './fixable-values.queries.js';

const CHUNK = 500;

/** Puts one value in the place of the same wrong value everywhere, as corrections: the uploaded rows stay. Then all is examined anew. */
@Injectable()
export class FixRows {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly rows: ImportRows,
    private readonly ending: ImportEnding,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** Only cells that have an error. @throws Problem 404, 409, 400, 422 TOO_MANY_ROWS */
  execute(actor: Actor, id: string, fix: FixRowsDto): Promise<FixedRowsView> {
    return this.uow.run(async () => {
      const record = await this.store.lock(actor, id);
      if (record.status !== 'VALIDATED') throw wrongStatus(record.status, 'Rows are corrected while it is VALIDATED.');
      this.refuseColumn(record, fix);
      const rows = await this.replace(record, fix);
      if (rows === 0) {
        throw new Problem('conflict', 'VALUE_NOT_FOUND', 'No cell with an error in this column holds this value.', {
          extensions: { state: record.status },
        });
      }
      await this.db.execute('UPDATE imports SET acting_by = ? WHERE id = ?', [actor.accountId, id]);
      const status = await this.ending.move(record, 'validate');
      await this.outbox.put('import.advance', { importId: id });
      this.audit.record(actor, 'import.fix-rows', { type: 'import', id }, { after: { column: fix.column, rows } });
      return { rows, status };
    });
  }

  private refuseColumn(record: ImportRecord, { column }: FixRowsDto): void {
    const found = this.store.definitionOf(record).columns.find(({ field }) => field === column);
    if (!found) {
      throw inputInvalid([{ pointer: '/column', code: 'UNKNOWN_FIELD', detail: 'this kind has no such field' }]);
    }
    if (isFixable(found)) return;
    throw inputInvalid([
      { pointer: '/column', code: 'PERSONAL_VALUE', detail: 'names and numbers of people are corrected row by row' },
    ]);
  }

  private async replace(record: ImportRecord, { column, value, replacement }: FixRowsDto): Promise<number> {
    const definition = this.store.definitionOf(record);
    const wanted = value.trim();
    let replaced = 0;
    for (let after = 0, looked = 0; ;) {
      const wrong = await this.db.rows<{ row_no: number; problems_json: string }>(
        `SELECT row_no, problems_json FROM import_results
         WHERE import_id = ? AND state IN ('INVALID', 'FAILED') AND problems_json LIKE ? AND row_no > ? ORDER BY row_no LIMIT ?`,
        [record.id, `%"column":"${column}"%`, after, CHUNK],
      );
      const last = wrong.at(-1);
      if (!last) return replaced;
      looked += wrong.length;
      if (looked > MOST_ROWS) {
        throw new Problem(
          'refused',
          'TOO_MANY_ROWS',
          `这一列有错的行超过 ${MOST_ROWS} 行。请在“对应关系”里把这个词对应到正确的值，或修改文件后重新上传。`,
        );
      }
      const problems = new Map(wrong.map(({ row_no, problems_json }) => [row_no, problems_json]));
      const overlays = new Map<number, Overlay>();
      for (const row of await this.rows.byNumbers(record.id, [...problems.keys()])) {
        const said = JSON.parse(problems.get(row.rowNumber) ?? '[]') as RowProblem[];
        if (!wrongColumns(said).has(column) || rawTexts(definition, record.mapping, row)[column] !== wanted) continue;
        overlays.set(row.rowNumber, { ...row.overlay, [column]: typed(replacement.trim()) });
      }
      await this.rows.keepOverlays(record.id, overlays);
      replaced += overlays.size;
      after = last.row_no;
    }
  }
}
