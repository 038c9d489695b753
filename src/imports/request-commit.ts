import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Outbox } from '../infrastructure/outbox/outbox.js';
import type { Actor } from '../kernel/actor.js';
import { Problem } from '../kernel/problem.js';
import { importLifecycle } from '../rules/import.lifecycle.js';
import { ImportCounts } from './import-counts.js';
import type { Policy } from './import-record.js';
import { ImportStore, wrongStatus } from './import-store.js';
import { ImportEnding } from './work/import-ending.js';

/** Asks for the commit of a validated import; the worker does it with the rights of whoever asked. */
@Injectable()
export class RequestCommit {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly counts: ImportCounts,
    private readonly ending: ImportEnding,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409, 422 ROWS_INVALID */
  async execute(actor: Actor, id: string, policy: Policy): Promise<void> {
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
      await this.store.definitionOf(record).checkParameters({ actor, importId: id, parameters: record.parameters });
      await this.db.execute('UPDATE imports SET policy = ?, committed_by = ?, acting_by = ? WHERE id = ?', [
        policy,
        actor.accountId,
        actor.accountId,
        id,
      ]);
      await this.ending.move(record, 'commit', { phaseRows: counts.valid + counts.warning });
      await this.outbox.put('import.advance', { importId: id });
      this.audit.record(actor, 'import.commit', { type: 'import', id }, { after: { policy, counts } });
    });
  }
}
