import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { normaliseCreditCode } from '../../rules/codes/credit-code.js';
import { decideSubject } from '../../rules/subject.rules.js';
import { refuseUnlessAllowed } from '../refused.js';
import type { RegisterSubjectDto } from './subjects.dto.js';
import { SubjectQueries } from './subjects.queries.js';
import type { SubjectDetailView } from './subjects.view.js';

/** Width of the column: some thirteen levels of bodies. */
const LONGEST_PATH = 512;

/** Enters a body below another one. It is REGISTERED: it may do nothing until it is confirmed and announced (BR-01). */
@Injectable()
export class RegisterSubject {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly subjects: SubjectQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404 parent, 409 USCC_TAKEN, 422 */
  async execute(actor: Actor, given: RegisterSubjectDto): Promise<SubjectDetailView> {
    try {
      return await this.uow.run(() => this.register(actor, given));
    } catch (error) {
      if (!isDuplicateOf(error, 'uq_subjects_active_uscc')) throw error;
      throw new Problem('conflict', 'USCC_TAKEN', 'A body that is not abolished has this credit code already.');
    }
  }

  private async register(actor: Actor, given: RegisterSubjectDto): Promise<SubjectDetailView> {
    const parent = await this.subjects.lockOne(actor, given.parentId ?? actor.homeSubjectId);
    const now = await this.clock.now();
    const id = newId();
    const path = `${parent.path}${id}/`;
    if (path.length > LONGEST_PATH) {
      throw new Problem('conflict', 'SUBJECT_TOO_DEEP', 'There are too many levels of bodies above this one.');
    }
    const uscc = normaliseCreditCode(given.uscc);
    // Whether the code is taken is told by the unique key alone: nobody can come in between.
    const draft = { ...given, creditCode: uscc, creditCodeInUse: false };
    refuseUnlessAllowed(decideSubject(draft).verdict, 'This body can not be registered; each reason is named.');
    await this.db.insert('subjects', {
      id,
      name: given.name,
      uscc,
      active_uscc: uscc,
      kind: given.kind,
      division_code: given.divisionCode,
      parent_id: parent.id,
      path,
      created_at: new Date(now),
    });
    await this.db.insert(
      'subject_legal_bases',
      given.legalBases.map(({ title, article, rank }) => ({
        id: newId(),
        subject_id: id,
        title,
        article,
        basis_rank: rank,
      })),
    );
    this.audit.record(
      actor,
      'subject.register',
      { type: 'subject', id },
      { after: { ...given, uscc, parentId: parent.id } },
    );
    return this.subjects.read(actor, id, now);
  }
}
