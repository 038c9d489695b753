import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db, likeText } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Outbox } from '../infrastructure/outbox/outbox.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import { importLifecycle } from '../rules/import.lifecycle.js';
import { ImportCounts } from './import-counts.js';
import type { CommitImportDto } from './import.dto.js';
import { ImportStore, wrongStatus } from './import-store.js';
import { ImportEnding } from './work/import-ending.js';

/** Warnings that somebody has to have read before the rows may be imported. */
export const TO_BE_ACKNOWLEDGED: readonly string[] = ['CHANGED_SINCE_DOWNLOAD'];

/** Asks for the commit of a validated import; the worker does it with the rights of whoever asked. */
@Injectable()
export class RequestCommit {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly counts: ImportCounts,
    private readonly ending: ImportEnding,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409, 400, 422 ROWS_INVALID, ACKNOWLEDGEMENT_MISSING */
  async execute(actor: Actor, id: string, wish: CommitImportDto): Promise<void> {
    const { policy, existing = 'UPDATE', acknowledge = [] } = wish;
    await this.uow.run(async () => {
      const record = await this.store.lock(actor, id);
      if (!importLifecycle.allows(record.status, 'commit')) {
        throw wrongStatus(record.status, 'Only a VALIDATED import can be committed.');
      }
      const counts = await this.counts.of(id, record.totalRows);
      if (policy === 'ALL_OR_NOTHING' && counts.invalid > 0) {
        throw new Problem(
          'refused',
          'ROWS_INVALID',
          `有 ${counts.invalid} 行有错，按“有错就全部不导入”没有导入任何一行。`,
          {
            extensions: { counts },
          },
        );
      }
      await this.refuseUnread(id, acknowledge);
      await this.refuseWithoutReason(id, wish);
      await this.store.definitionOf(record).checkParameters({ actor, importId: id, parameters: record.parameters });
      await this.db.execute('UPDATE imports SET policy = ?, committed_by = ?, acting_by = ? WHERE id = ?', [
        policy,
        actor.accountId,
        actor.accountId,
        id,
      ]);
      await this.db.insert('import_commits', {
        id: newId(),
        import_id: id,
        round: record.round,
        policy,
        existing,
        reason: wish.reason ?? null,
        acknowledged_json: JSON.stringify(acknowledge),
        committed_by: actor.accountId,
        committed_at: new Date(await this.clock.now()),
      });
      await this.ending.move(record, 'commit', { phaseRows: counts.valid + counts.warning });
      await this.outbox.put('import.advance', { importId: id });
      this.audit.record(
        actor,
        'import.commit',
        { type: 'import', id },
        { after: { policy, existing, reason: wish.reason, acknowledge, counts } },
      );
    });
  }

  /** Some warnings ask: they are read before the commit, once for all rows. */
  private async refuseUnread(id: string, acknowledged: readonly string[]): Promise<void> {
    for (const code of TO_BE_ACKNOWLEDGED) {
      if (acknowledged.includes(code)) continue;
      const row = await this.db.row<{ n: number }>(
        `SELECT COUNT(*) AS n FROM import_results WHERE import_id = ? AND state = 'WARNING' AND problems_json LIKE ?`,
        [id, likeText(`"code":"${code}"`)],
      );
      const rows = Number(row?.n ?? 0);
      if (rows === 0) continue;
      throw new Problem(
        'refused',
        'ACKNOWLEDGEMENT_MISSING',
        `有 ${rows} 行在下载成绩登记表之后又被改过。请核对这些行，确认后再提交。`,
        { extensions: { acknowledge: [code], rows } },
      );
    }
  }

  /** Who chooses to replace what is recorded says why; without a choice the rows are taken as they always were. */
  private async refuseWithoutReason(id: string, { existing, reason }: CommitImportDto): Promise<void> {
    if (existing !== 'UPDATE' || reason !== undefined) return;
    const row = await this.db.row(
      `SELECT 1 AS found FROM import_results WHERE import_id = ? AND planned = 'UPDATED' AND state IN ('VALID', 'WARNING') LIMIT 1`,
      [id],
    );
    if (!row) return;
    throw inputInvalid([
      { pointer: '/reason', code: 'MISSING', detail: 'say why recorded values are to be replaced, or skip them' },
    ]);
  }
}
