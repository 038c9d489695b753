import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import type { Gender } from '../rules/codes/id-number.js';
import type { StaffCategory } from '../rules/duty-facts.js';
import { OfficerIdentity } from './officer-identity.js';

/** Somebody to be registered, checked: the ID number is one, the unit lies in the actor's scope, the domains exist. */
export interface NewOfficer {
  readonly name: string;
  readonly idNumber: string;
  readonly gender: Gender;
  readonly birthDate: string;
  readonly staffCategory: StaffCategory;
  readonly onEstablishment: boolean;
  readonly education?: string | null;
  readonly phone?: string | null;
  readonly legalQualificationNo?: string | null;
  readonly subjectId: string;
  readonly postTitle: string;
  readonly domains: readonly string[];
  /** Instant at which the assignment begins. */
  readonly assignedFrom: number;
  /** Registered as not on post: an off-post order from this instant on. */
  readonly offPostFrom?: number | null;
}

/** Writes officers with their first assignments, one or many, in the open unit. HTTP, imports and the demonstration use it. */
@Injectable()
export class RegisterOfficers {
  constructor(
    private readonly db: Db,
    private readonly identity: OfficerIdentity,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Gives the new ids in the order of the people. A person who exists already breaks `uq_officers_id_number`: translate it outside
   * the unit.
   */
  async execute(
    actor: Actor,
    people: readonly NewOfficer[],
    now: number,
    origin: { readonly importId?: string } = {},
  ): Promise<readonly string[]> {
    const recorded = { recorded_at: new Date(now), recorded_by: actor.accountId };
    const ids = people.map(() => newId());
    const numbered = people.map((person, i) => ({ person, id: ids[i] ?? '' }));
    await this.db.insert(
      'officers',
      numbered.map(({ person, id }) => ({
        id,
        name: person.name,
        ...this.identity.sealIdNumber(id, person.idNumber),
        gender: person.gender,
        birth_date: person.birthDate,
        education: person.education ?? null,
        ...this.identity.sealPhone(id, person.phone),
        post_title: person.postTitle,
        domains_json: JSON.stringify(person.domains),
        staff_category: person.staffCategory,
        on_establishment: person.onEstablishment,
        legal_qualification_no: person.legalQualificationNo ?? null,
        subject_id: person.subjectId,
        created_at: new Date(now),
        created_by: actor.accountId,
        import_id: origin.importId ?? null,
      })),
    );
    await this.db.insert(
      'officer_assignments',
      numbered.map(({ person, id }) => ({
        id: newId(),
        officer_id: id,
        subject_id: person.subjectId,
        post_title: person.postTitle,
        staff_category: person.staffCategory,
        on_establishment: person.onEstablishment,
        effective_from: new Date(person.assignedFrom),
        ...recorded,
      })),
    );
    await this.db.insert(
      'officer_off_post_orders',
      numbered.flatMap(({ person, id }) =>
        typeof person.offPostFrom === 'number'
          ? [
              {
                id: newId(),
                officer_id: id,
                cause: 'OTHER',
                effective_from: new Date(person.offPostFrom),
                ...recorded,
              },
            ]
          : [],
      ),
    );
    for (const { person, id } of numbered) {
      this.audit.record(actor, 'officer.register', { type: 'officer', id }, { after: registered(person, origin) });
    }
    return ids;
  }
}

const registered = (person: NewOfficer, { importId }: { readonly importId?: string }): object => ({
  name: person.name,
  subjectId: person.subjectId,
  postTitle: person.postTitle,
  staffCategory: person.staffCategory,
  onEstablishment: person.onEstablishment,
  domains: person.domains,
  assignedFrom: new Date(person.assignedFrom).toISOString(),
  importId,
});
