import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { isId, newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { applicationLifecycle } from '../../rules/application.lifecycle.js';
import type { Reason } from '../../rules/verdict.js';
import { ApplicationLocks, type LockedApplication } from '../applications/application-locks.js';
import { BatchTerms } from './batch-terms.js';
import type { BatchStatus, OpenBatchDto } from './batches.dto.js';

/** Puts approved applications into a batch. The worker issues them; with BACKFILL the batch waits for the province's numbers. */
@Injectable()
export class OpenBatch {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly applications: ApplicationLocks,
    private readonly terms: BatchTerms,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Gives the id of the batch. An application that is not approved, or not known within the scope, becomes a refused item.
   * @throws Problem 400 an application twice; 422 validity inverted, no usable number scheme, too few numbers left
   */
  async execute(actor: Actor, order: OpenBatchDto): Promise<string> {
    if (new Set(order.applicationIds).size !== order.applicationIds.length) throw namedTwice();
    return this.uow.run(async () => {
      const locked = await this.applications.lockWithin(actor.homeSubjectPath, order.applicationIds);
      const now = await this.clock.now();
      const today = legalDateOf(now) ?? '';
      const validity = await this.terms.validity(order.validFrom, order.validTo ?? null);
      const mode = await this.terms.numberMode(today);
      const items = order.applicationIds.map((id, place) => ({
        id: keptAs(id, place),
        reasons: faultsOf(locked.get(id), id),
      }));
      const accepted = items.flatMap(({ id, reasons }) => (reasons.length === 0 ? [id] : []));
      if (mode === 'ALLOCATED') {
        await this.terms.requireNumbers(
          accepted.flatMap((id) => locked.get(id) ?? []),
          today,
        );
      }
      const status = statusOf(mode, accepted.length);
      const id = newId();
      await this.db.insert('certificate_batches', {
        id,
        status,
        number_mode: mode,
        valid_from: validity.validFrom,
        valid_to: validity.validTo,
        owner_subject_id: actor.homeSubjectId,
        created_by: actor.accountId,
        created_at: new Date(now),
        finished_at: accepted.length === 0 ? new Date(now) : null,
      });
      await this.db.insert(
        'certificate_batch_items',
        items.map(({ id: applicationId, reasons }) => ({
          batch_id: id,
          application_id: applicationId,
          status: reasons.length === 0 ? 'WAITING' : 'REFUSED',
          reasons_json: reasons.length === 0 ? null : JSON.stringify(reasons),
        })),
      );
      await this.applications.move(accepted, 'putInBatch');
      if (status === 'ISSUING') await this.outbox.put('certificate-batch.advance', { batchId: id });
      this.audit.record(
        actor,
        'certificate-batch.open',
        { type: 'certificate-batch', id },
        { after: { status, mode, ...validity, accepted: accepted.length, refused: items.length - accepted.length } },
      );
      return id;
    });
  }
}

/** A text that is no id of ours might be anything, an ID number too: only its place in the list is kept. */
const keptAs = (asked: string, place: number): string => (isId(asked) ? asked : `unknown-${place + 1}`);

function faultsOf(application: LockedApplication | undefined, asked: string): Reason[] {
  if (!application) return [{ code: 'APPLICATION_UNKNOWN', facts: { asked: isId(asked) ? asked : null } }];
  const { state } = application;
  return applicationLifecycle.allows(state, 'putInBatch') ? [] : [{ code: 'APPLICATION_STATE', facts: { state } }];
}

function statusOf(mode: 'ALLOCATED' | 'BACKFILL', accepted: number): BatchStatus {
  if (accepted === 0) return 'PARTIALLY_COMPLETED';
  return mode === 'ALLOCATED' ? 'ISSUING' : 'WAITING_FOR_NUMBERS';
}

const namedTwice = (): Problem =>
  inputInvalid([
    { pointer: '/applicationIds', code: 'ARRAY_UNIQUE', detail: 'applicationIds must name each application once' },
  ]);
