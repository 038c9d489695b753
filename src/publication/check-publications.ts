import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { notFound, Problem } from '../kernel/problem.js';
import { commandOfCheck, publicationLifecycle, type PublicationCommand } from '../rules/publication.lifecycle.js';
import { judgeCheck } from '../rules/publication.rules.js';
import { explain } from '../rules/refusal-texts.js';
import type { Reason } from '../rules/verdict.js';
import { UNKNOWN_PUBLICATION } from './prepare-publications.js';
import { PublicationDesk } from './publication-desk.js';
import type { LockedPublication } from './publication.rows.js';
import type { PublicationsDoneView } from './publication.view.js';
import type { CheckPublicationsDto } from './publications.dto.js';

interface Decision {
  readonly command: PublicationCommand;
  readonly privacyChecked: boolean;
  readonly secrecyChecked: boolean;
  readonly note: string;
}

/** BR-95: a second person checks privacy and secrecy, and publishes, returns or withholds. Each item by itself. */
@Injectable()
export class CheckPublications {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly desk: PublicationDesk,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 when something is returned or withheld without saying why */
  async execute(actor: Actor, order: CheckPublicationsDto): Promise<PublicationsDoneView> {
    const note = (order.note ?? '').trim();
    if (order.decision !== 'PUBLISH' && note === '') throw noteMissing();
    const decision = { ...order, command: commandOfCheck(order.decision), note };
    return this.uow.run(async () => {
      const locked = await this.desk.lockWithin(actor.homeSubjectPath, order.publicationIds);
      const now = await this.clock.now();
      const items = [];
      for (const id of order.publicationIds) {
        const record = locked.get(id);
        const reasons =
          record?.state === 'PUBLISHED'
            ? // A check is about what was prepared; what is public is withheld by its own verb.
              [{ code: 'PUBLICATION_STATE', facts: { publicationState: record.state, command: 'check' } }]
            : record
              ? await this.decide(actor, record, decision, now)
              : [UNKNOWN_PUBLICATION];
        const status = reasons.length === 0 ? publicationLifecycle.move(decision.command).to : 'REFUSED';
        items.push({ publicationId: id, status, reasons: reasons.map(explain) });
      }
      return { items };
    });
  }

  /** Takes somebody off the list by decision, e.g. for secrecy. @throws Problem 404, 409, 422 */
  async withhold(actor: Actor, id: string, reason: string): Promise<void> {
    await this.uow.run(async () => {
      const record = (await this.desk.lockWithin(actor.homeSubjectPath, [id])).get(id);
      if (!record) throw notFound('publication');
      if (record.state !== 'PUBLISHED')
        throw new Problem('conflict', 'PUBLICATION_STATE', 'Only what is public can be withheld here.', {
          extensions: { state: record.state },
        });
      const now = await this.clock.now();
      const decision = { command: 'withhold', privacyChecked: false, secrecyChecked: false, note: reason } as const;
      const reasons = await this.decide(actor, { ...record, prepared_by: null }, decision, now);
      if (reasons.length > 0)
        throw new Problem('refused', 'PUBLICATION_REFUSED', 'This can’t be withheld by you; each reason is named.', {
          reasons,
        });
    });
  }

  private async decide(
    actor: Actor,
    record: LockedPublication,
    { command, privacyChecked, secrecyChecked, note }: Decision,
    now: number,
  ): Promise<readonly Reason[]> {
    const isPublishable = (await this.desk.publishable([record.certificate_id], now)).has(record.certificate_id);
    const asked = { state: record.state, officerId: record.officer_id, preparedBy: record.prepared_by, actor };
    const verdict = judgeCheck({ ...asked, command, isPublishable, privacyChecked, secrecyChecked });
    if (!verdict.allowed) return verdict.reasons;
    const at = new Date(now);
    if (command === 'publish') await this.replaceEarlier(record.certificate_id, at);
    // A withheld record keeps the place of its certificate: one that waited there for a change gives way.
    if (command === 'withhold' && record.state === 'PUBLISHED') await this.lapsePending(record.certificate_id, at);
    const moved = await this.desk.move(record, command, {
      checked_by: actor.accountId,
      ...(command === 'publish' ? { published_at: at } : {}),
    });
    if (!moved) throw new Error('a locked publication changed');
    await this.db.insert('publication_steps', {
      id: newId(),
      publication_id: record.id,
      step: 'CHECK',
      decision: ({ publish: 'PUBLISH', return: 'RETURN' } as Record<string, string>)[command] ?? 'WITHHOLD',
      privacy_checked: privacyChecked,
      secrecy_checked: secrecyChecked,
      note,
      actor_id: actor.accountId,
      decided_at: at,
    });
    this.audit.record(
      actor,
      `publication.${command}`,
      { type: 'publication', id: record.id },
      {
        before: { state: record.state },
        after: {
          state: publicationLifecycle.move(command).to,
          certificateId: record.certificate_id,
          privacyChecked,
          secrecyChecked,
        },
      },
    );
    return [];
  }

  private async replaceEarlier(certificateId: string, at: Date): Promise<void> {
    await this.end(certificateId, 'public_slot', 'replace', at);
  }

  private async lapsePending(certificateId: string, at: Date): Promise<void> {
    await this.end(certificateId, 'pending_slot', 'lapse', at);
  }

  private async end(
    certificateId: string,
    slot: 'public_slot' | 'pending_slot',
    command: 'replace' | 'lapse',
    at: Date,
  ): Promise<void> {
    const row = await this.db.row<{ id: string }>(`SELECT id FROM publications WHERE ${slot} = ?`, [certificateId]);
    const earlier = row && (await this.desk.lock([row.id])).get(row.id);
    if (earlier) await this.desk.move(earlier, command, { ended_at: at, ended_cause: 'REPLACED' });
  }
}

const noteMissing = (): Problem =>
  inputInvalid([{ pointer: '/note', code: 'NOTE_MISSING', detail: 'say in note why it is returned or withheld' }]);
