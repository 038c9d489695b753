import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../infrastructure/discovery/marks.js';
import { logger } from '../infrastructure/logging/logger.js';
import { Clock } from '../kernel/clock.js';
import { RecallDeployments } from './recall-deployments.js';

const CHUNK = 200;

/**
 * The second net, every 30 s: decides every planned and running deployment again (a changed setting, a fact entered by hand) and
 * calls off what was never started before its span ended. When it recalls something, an act failed to: that is an alarm.
 */
@Sweeps({ everyMs: 30_000 })
@Injectable()
export class WatchDeployments implements Sweeper {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly recall: RecallDeployments,
    private readonly audit: AuditTrail,
  ) {}

  async sweep(): Promise<number> {
    let recalled = 0;
    for (let after = ''; ;) {
      const ids = await this.next(after);
      const last = ids.at(-1);
      if (last === undefined) break;
      recalled += await this.uow.run(() => this.recall.redecide(ids, 'watch'));
      after = last;
    }
    if (recalled > 0) logger.warn({ recalled }, 'the watch recalled deployments that no act had recalled');
    return recalled + (await this.uow.run(() => this.callOffMissed()));
  }

  private async next(after: string): Promise<string[]> {
    const rows = await this.db.rows<{ id: string }>(
      `SELECT id FROM deployments WHERE status IN ('PLANNED', 'ACTIVE') AND id > ? ORDER BY id LIMIT ?`,
      [after, CHUNK],
    );
    return rows.map(({ id }) => id);
  }

  private async callOffMissed(): Promise<number> {
    const missed = await this.db.rows<{ id: string }>(
      `SELECT id FROM deployments WHERE status = 'PLANNED' AND span_to <= ? ORDER BY id LIMIT 500 FOR UPDATE`,
      [new Date(await this.clock.now())],
    );
    for (const { id } of missed) {
      await this.db.updateOne(
        `UPDATE deployments SET status = 'CANCELLED', ended_at = span_to, version = version + 1 WHERE id = ? AND status = 'PLANNED'`,
        [id],
        () => {
          throw new Error('a locked deployment changed its status');
        },
      );
      this.audit.record(
        null,
        'deployment.cancel',
        { type: 'deployment', id },
        { before: { status: 'PLANNED' }, after: { status: 'CANCELLED', cause: 'SPAN_OVER' } },
      );
    }
    return missed.length;
  }
}
