import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { notFound, Problem } from '../../kernel/problem.js';
import { SubjectQueries } from '../bodies/subjects.queries.js';
import { DelegationReader } from './delegation-reader.js';
import { DelegationRulings } from './delegation-rulings.js';
import type { CreateDelegationDto } from './delegations.dto.js';
import type { DelegationDetailView } from './delegations.view.js';

/** Enters a delegation, as DRAFT or SIGNED (BR-04). What the letter says never changes afterwards. */
@Injectable()
export class CreateDelegation {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly subjects: SubjectQueries,
    private readonly rulings: DelegationRulings,
    private readonly reader: DelegationReader,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404 party or matter, 409 DOCUMENT_NO_TAKEN, 422 */
  async execute(actor: Actor, given: CreateDelegationDto): Promise<DelegationDetailView> {
    try {
      return await this.uow.run(() => this.create(actor, given));
    } catch (error) {
      if (!isDuplicateOf(error, 'uq_delegations_document')) throw error;
      throw new Problem(
        'conflict',
        'DOCUMENT_NO_TAKEN',
        'This body has a delegation with this document number already.',
      );
    }
  }

  private async create(actor: Actor, given: CreateDelegationDto): Promise<DelegationDetailView> {
    const bodies = await this.subjects.lock(actor, [given.delegatorId, given.delegateeId]);
    const [delegator, delegatee] = [bodies.get(given.delegatorId), bodies.get(given.delegateeId)];
    if (!delegator || !delegatee) throw notFound('subject');
    const matters = await this.rulings.matters(given.matterCodes);
    const now = await this.clock.now();
    const step = given.signedOn === undefined ? 'DRAFT' : 'SIGN';
    await this.rulings.judge(
      { ...given, legalBasis: given.legalBasis.title, delegator, delegatee, matters },
      step,
      now,
    );
    const id = newId();
    const signed = given.signedOn !== undefined;
    await this.db.insert('delegations', {
      id,
      delegator_id: delegator.id,
      delegatee_id: delegatee.id,
      jurisdiction_code: given.jurisdictionCode,
      authority: given.authority,
      document_no: given.documentNo,
      basis_title: given.legalBasis.title,
      basis_article: given.legalBasis.article,
      basis_rank: given.legalBasis.rank,
      valid_from: given.validFrom,
      valid_to: given.validTo,
      signed_on: given.signedOn ?? null,
      signed_recorded_at: signed ? new Date(now) : null,
      stage: signed ? 'SIGNED' : 'DRAFT',
      created_at: new Date(now),
      created_by: actor.accountId,
    });
    await this.db.insert(
      'delegation_matters',
      given.matterCodes.map((code) => ({ delegation_id: id, matter_code: code })),
    );
    if (signed) await this.clearance.reduced({ whom: { delegationId: id }, cause: 'delegation.sign' });
    this.audit.record(actor, 'delegation.create', { type: 'delegation', id }, { after: given });
    return this.reader.read(actor, id, now);
  }
}
