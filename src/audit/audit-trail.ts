import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { canonicalJson } from '../infrastructure/crypto/canonical.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { requestContext } from '../infrastructure/http/request-context.js';
import type { Reason } from '../rules/verdict.js';
import { entryHash, type AuditContent } from './audit-chain.js';

export interface AuditTarget {
  readonly type: string;
  readonly id: string;
}

export interface AuditDetail {
  /** Never an ID number or a phone number in clear. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reasons?: readonly Reason[];
}

interface Waiting {
  readonly actor: Actor | null;
  readonly verb: string;
  readonly target: AuditTarget;
  readonly detail: AuditDetail;
}

/**
 * Every verb leaves who, what, before and after, reasons: in the transaction of the verb, in one hash chain (R27, BR-130). The
 * entries of a unit of work are written together at its very end, so the head is always the last lock.
 */
@Injectable()
export class AuditTrail {
  private readonly waiting = new WeakMap<object, Waiting[]>();

  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param actor null for what the system does by itself (sweepers)
   * @param verb e.g. 'certificate.revoke'
   */
  record(actor: Actor | null, verb: string, target: AuditTarget, detail: AuditDetail = {}): void {
    const unit = this.uow.current;
    const entries = this.waiting.get(unit) ?? [];
    entries.push({ actor, verb, target, detail });
    this.waiting.set(unit, entries);
    this.uow.beforeCommit(this, () => this.write(unit));
  }

  private async write(unit: object): Promise<void> {
    const head = await this.db.row<{ seq: number; entry_hash: string }>(
      'SELECT seq, entry_hash FROM audit_head WHERE id = 1 FOR UPDATE',
    );
    if (!head) throw new Error('the audit chain has no head');
    const now = await this.clock.now();
    const context = requestContext.getStore();
    let seq = Number(head.seq);
    let previousHash = head.entry_hash;
    const rows: Record<string, string | number | Date | null>[] = [];
    for (const { actor, verb, target, detail } of this.waiting.get(unit) ?? []) {
      seq += 1;
      const content: AuditContent = {
        seq,
        id: newId(),
        recordedAt: new Date(now).toISOString(),
        actorId: actor?.accountId ?? null,
        actorName: actor?.username ?? 'system',
        actingSubjectId: actor?.homeSubjectId ?? null,
        verb,
        targetType: target.type,
        targetId: target.id,
        before: jsonOrNull(detail.before),
        after: jsonOrNull(detail.after),
        reasons: jsonOrNull(detail.reasons),
        requestId: context?.requestId ?? null,
        ipAddress: context?.ip ?? null,
        previousHash,
      };
      const hash = entryHash(content);
      rows.push({
        seq,
        id: content.id,
        recorded_at: new Date(now),
        actor_id: content.actorId,
        actor_name: content.actorName,
        acting_subject_id: content.actingSubjectId,
        verb,
        target_type: content.targetType,
        target_id: content.targetId,
        before_json: content.before,
        after_json: content.after,
        reasons_json: content.reasons,
        request_id: content.requestId,
        ip_address: content.ipAddress,
        previous_hash: previousHash,
        entry_hash: hash,
      });
      previousHash = hash;
    }
    await this.db.insert('audit_entries', rows);
    await this.db.execute('UPDATE audit_head SET seq = ?, entry_hash = ? WHERE id = 1', [seq, previousHash]);
    this.waiting.delete(unit);
  }
}

const jsonOrNull = (value: unknown): string | null =>
  value === undefined || value === null ? null : canonicalJson(value);
