import { Injectable } from '@nestjs/common';
import { below, Db } from '../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { effectiveInstant } from '../infrastructure/validation/effective.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { notFound, Problem } from '../kernel/problem.js';
import { AUXILIARY } from '../rules/officer-service.rules.js';
import { OfficerIdentity } from './officer-identity.js';
import { OfficerInput, refuseAuxiliary } from './officer-input.js';
import type { RegisterOfficerDto } from './officers.dto.js';
import { OfficersQueries } from './officers.queries.js';
import type { OfficerView } from './officer.view.js';
import { RegisterOfficers } from './register-officers.js';

/** Registers one officer: once per ID number in the whole register (BR-16). */
@Injectable()
export class RegisterOfficer {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly identity: OfficerIdentity,
    private readonly input: OfficerInput,
    private readonly registerOfficers: RegisterOfficers,
    private readonly queries: OfficersQueries,
  ) {}

  /** @throws Problem 400, 404 for the unit, 409 OFFICER_EXISTS, 422 AUXILIARY_NOT_AN_OFFICER */
  async execute(actor: Actor, dto: RegisterOfficerDto): Promise<OfficerView> {
    try {
      return await this.uow.run(() => this.register(actor, dto));
    } catch (error) {
      if (isDuplicateOf(error, 'uq_officers_id_number')) throw await this.exists(actor, dto.idNumber);
      throw error;
    }
  }

  private async register(actor: Actor, dto: RegisterOfficerDto): Promise<OfficerView> {
    const subject = await this.db.row<{ id: string }>('SELECT id FROM subjects WHERE id = ? AND path LIKE ?', [
      dto.subjectId,
      below(actor.homeSubjectPath),
    ]);
    const now = await this.clock.now();
    const { name, gender, birthDate } = await this.input.check(dto, now);
    if (!subject) throw notFound('subject');
    if (dto.staffCategory === AUXILIARY) throw refuseAuxiliary(dto.staffCategory);
    if (await this.find(dto.idNumber)) throw await this.exists(actor, dto.idNumber);
    const [id] = await this.registerOfficers.execute(
      actor,
      [
        {
          name,
          idNumber: dto.idNumber,
          gender,
          birthDate,
          staffCategory: dto.staffCategory,
          onEstablishment: dto.onEstablishment,
          education: dto.education,
          phone: dto.phone,
          legalQualificationNo: dto.legalQualificationNo,
          subjectId: subject.id,
          postTitle: dto.postTitle,
          domains: dto.domains,
          assignedFrom: effectiveInstant(dto.assignedFrom, now),
        },
      ],
      now,
    );
    return this.queries.afterVerb(id ?? '');
  }

  private async find(idNumber: string): Promise<boolean> {
    const index = this.identity.indexOf(idNumber);
    return (await this.db.row('SELECT id FROM officers WHERE id_number_index = ?', [index])) !== null;
  }

  /** The same words wherever the person is registered; the id only to who may see the record. */
  private async exists(actor: Actor, idNumber: string): Promise<Problem> {
    const known = await this.queries.byIdNumberIndex(actor, this.identity.indexOf(idNumber));
    const officerId = known.items[0]?.id;
    return new Problem('conflict', 'OFFICER_EXISTS', 'This person is registered already.', {
      extensions: officerId === undefined ? {} : { officerId },
    });
  }
}
