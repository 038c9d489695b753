import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Notifications } from '../../identity/index.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { FileStore } from '../../infrastructure/files/file-store.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Events } from '../../infrastructure/events/events.js';
import { Clock } from '../../kernel/clock.js';
import { importLifecycle, type ImportCommand, type ImportState } from '../../rules/import.lifecycle.js';
import { ImportCounts } from '../import-counts.js';
import type { ImportProblem, ImportRecord } from '../import-record.js';

const FINISHED: readonly ImportState[] = ['COMPLETED', 'PARTIALLY_COMPLETED', 'CANCELLED', 'FAILED', 'REVERTED'];

/** The only place that writes `imports.status`: by the table of moves, in the open unit. */
@Injectable()
export class ImportEnding {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly counts: ImportCounts,
    private readonly notifications: Notifications,
    private readonly events: Events,
    private readonly files: FileStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Moves a locked import on. A new phase begins with its cursor at the start. */
  async move(
    record: ImportRecord,
    command: ImportCommand,
    more: { readonly problem?: ImportProblem; readonly phaseRows?: number } = {},
  ): Promise<ImportState> {
    const { from, to } = importLifecycle.move(command);
    const finished = FINISHED.includes(to);
    const counts = await this.counts.of(record.id, record.totalRows);
    const now = new Date(await this.clock.now());
    await this.db.updateOne(
      `UPDATE imports SET status = ?, stage = 'EXAMINE', after_row = 0, done_rows = 0, phase_rows = ?, attempts = 0, version = version + 1,
              problem_json = ?, counts_json = ?, phase_started_at = ?, finished_at = ?, lease_until = IF(?, NULL, lease_until)
       WHERE id = ? AND status IN (${marks(from)})`,
      [
        to,
        more.phaseRows ?? record.totalRows,
        more.problem ? JSON.stringify(more.problem) : null,
        JSON.stringify(counts),
        now,
        finished ? now : null,
        finished || to === 'NEEDS_MAPPING' || to === 'VALIDATED',
        record.id,
        ...from,
      ],
      () => {
        throw new Error(`an import could not ${command} from ${record.status}`);
      },
    );
    if (finished || to === 'VALIDATED') await this.balance(record, to, now);
    if (finished) await this.tell(record, to);
    return to;
  }

  /** Writes the conservation equation down; the database refuses one that does not hold. */
  private async balance({ id, version }: ImportRecord, status: ImportState, now: Date): Promise<void> {
    const { rowsIn, accepted, rejected, ignored, duplicate, unexamined } = await this.counts.account(id);
    await this.db.insert('import_balances', {
      import_id: id,
      version: version + 1,
      status,
      rows_in: rowsIn,
      accepted,
      rejected,
      ignored,
      duplicate,
      unexamined,
      balanced_at: now,
    });
  }

  /** Ends an import that can't go on. What was written stays; what was only staged goes. */
  async fail(record: ImportRecord, problem: ImportProblem): Promise<void> {
    const committed = await this.db.row(
      'SELECT 1 AS found FROM import_results WHERE import_id = ? AND committed_round IS NOT NULL LIMIT 1',
      [record.id],
    );
    const untaken = record.round === 1 && (record.status === 'RECEIVED' || record.status === 'PARSING');
    if (untaken) await this.leaveNothing(record.id);
    const partly = committed !== null && record.status === 'COMMITTING';
    await this.move(untaken ? { ...record, totalRows: 0 } : record, partly ? 'completePartially' : 'fail', { problem });
    this.audit.record(null, 'import.fail', { type: 'import', id: record.id }, { after: { code: problem.code } });
  }

  /** A file that can't be taken leaves neither rows nor bytes. */
  private async leaveNothing(importId: string): Promise<void> {
    await this.dropRows(importId);
    const files = await this.db.rows<{ file_key: string }>('SELECT file_key FROM import_files WHERE import_id = ?', [
      importId,
    ]);
    await this.db.execute('UPDATE imports SET total_rows = 0, layout_json = NULL, mapping_json = NULL WHERE id = ?', [
      importId,
    ]);
    this.uow.afterCommit(() => {
      for (const { file_key } of files) void this.files.remove(file_key).catch(() => undefined);
    });
  }

  /** Before a file is read anew in another way; only while nothing of it was committed. */
  async dropRows(importId: string): Promise<void> {
    await this.db.execute('DELETE FROM import_digests WHERE import_id = ?', [importId]);
    await this.db.execute('DELETE FROM import_results WHERE import_id = ?', [importId]);
    await this.db.execute('DELETE FROM import_blocks WHERE import_id = ?', [importId]);
  }

  private async tell(record: ImportRecord, status: ImportState): Promise<void> {
    if (status === 'CANCELLED' || status === 'REVERTED') return;
    const notice = {
      accountId: record.actingBy,
      kind: 'import.finished',
      targetType: 'import',
      targetId: record.id,
      summary: NOTICES[status] ?? status,
    };
    const now = await this.clock.now();
    await this.notifications.tell([notice], now);
    if (status !== 'FAILED') await this.events.tell([{ type: 'import.completed', objectId: record.id }], now);
  }
}

const NOTICES: Partial<Record<ImportState, string>> = {
  COMPLETED: '批量导入已完成。',
  PARTIALLY_COMPLETED: '批量导入已部分完成，有未导入的行，可下载错误清单修改后再次上传。',
  FAILED: '批量导入失败，请打开该批次查看原因。',
};
