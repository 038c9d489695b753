import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { importLifecycle } from '../rules/import.lifecycle.js';
import type { ImportRecord } from './import-record.js';
import { ImportStore, wrongStatus } from './import-store.js';
import { ImportEnding } from './work/import-ending.js';
import { ImportDefinitions } from './import-definitions.js';

/** Before the commit an import ends at once; a running commit stops at its next chunk, what it has written stays. */
@Injectable()
export class CancelImport {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly definitions: ImportDefinitions,
    private readonly ending: ImportEnding,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 */
  async execute(actor: Actor, id: string): Promise<void> {
    const seen = await this.store.inScope(actor, id);
    this.definitions.refuseWithoutRight(actor, this.definitions.of(seen.kind));
    // A commit of all or nothing holds the row of the import for long: the wish must not wait for it.
    if (seen.status === 'COMMITTING') return this.ask(actor, seen);
    await this.uow.run(async () => {
      const record = await this.store.lock(actor, id);
      if (record.status === 'COMMITTING') return this.ask(actor, record);
      if (!importLifecycle.allows(record.status, 'cancel')) throw wrongStatus(record.status, 'Nothing runs any more.');
      await this.ending.move(record, 'cancel');
      this.audit.record(actor, 'import.cancel', { type: 'import', id }, { before: { status: record.status } });
    });
  }

  private async ask(actor: Actor, { id, round }: ImportRecord): Promise<void> {
    await this.uow.run(async () => {
      await this.db.execute(
        `INSERT INTO import_cancellations (import_id, round, requested_by, requested_at) VALUES (?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE requested_by = VALUES(requested_by)`,
        [id, round, actor.accountId, new Date(await this.clock.now())],
      );
      this.audit.record(actor, 'import.cancel', { type: 'import', id }, { before: { status: 'COMMITTING' } });
    });
  }
}
