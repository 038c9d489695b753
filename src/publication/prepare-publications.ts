import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { judgePreparation } from '../rules/publication.rules.js';
import { explain } from '../rules/refusal-texts.js';
import { PublicationDesk } from './publication-desk.js';
import type { PublicationDoneView, PublicationsDoneView } from './publication.view.js';
import type { PreparePublicationsDto } from './publications.dto.js';

export const UNKNOWN_PUBLICATION = { code: 'PUBLICATION_UNKNOWN', facts: {} } as const;

/** The first person puts down what the public is to see: the fields of BR-94 as they are now. Each item by itself. */
@Injectable()
export class PreparePublications {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly desk: PublicationDesk,
    private readonly audit: AuditTrail,
  ) {}

  execute(actor: Actor, { publicationIds, note = '' }: PreparePublicationsDto): Promise<PublicationsDoneView> {
    return this.uow.run(async () => {
      const locked = await this.desk.lockWithin(actor.homeSubjectPath, publicationIds);
      const now = await this.clock.now();
      const contents = await this.desk.publishable(
        [...locked.values()].map(({ certificate_id }) => certificate_id),
        now,
      );
      const items: PublicationDoneView[] = [];
      for (const id of publicationIds) {
        const record = locked.get(id);
        const content = record && contents.get(record.certificate_id);
        const reasons = record
          ? judgePreparation({
              state: record.state,
              officerId: record.officer_id,
              actor,
              isPublishable: content !== undefined,
            }).reasons
          : [UNKNOWN_PUBLICATION];
        if (!record || !content || reasons.length > 0) {
          items.push({ publicationId: id, status: 'REFUSED', reasons: reasons.map(explain) });
          continue;
        }
        const moved = await this.desk.move(record, 'prepare', {
          content_json: JSON.stringify(content),
          post_title: content.post,
          area: content.area,
          prepared_by: actor.accountId,
          prepared_at: new Date(now),
          checked_by: null,
        });
        if (!moved) throw new Error('a locked publication changed');
        await this.db.insert('publication_steps', {
          id: newId(),
          publication_id: id,
          step: 'PREPARE',
          decision: 'PREPARE',
          privacy_checked: null,
          secrecy_checked: null,
          note,
          actor_id: actor.accountId,
          decided_at: new Date(now),
        });
        this.audit.record(
          actor,
          'publication.prepare',
          { type: 'publication', id },
          { before: { state: record.state }, after: { state: 'PREPARED', certificateId: record.certificate_id } },
        );
        items.push({ publicationId: id, status: 'PREPARED', reasons: [] });
      }
      return { items };
    });
  }
}
