import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { CreateMatterDto } from './matters.dto.js';
import { MatterQueries } from './matters.queries.js';
import type { MatterView } from './matters.view.js';

/** Enters a matter: one act type, one domain. What it is never changes, because past decisions rest on it. */
@Injectable()
export class CreateMatter {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly matters: MatterQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 unknown domain, 409 MATTER_CODE_TAKEN */
  async execute(actor: Actor, given: CreateMatterDto): Promise<MatterView> {
    try {
      return await this.uow.run(() => this.create(actor, given));
    } catch (error) {
      if (!isDuplicateOf(error, 'uq_matters_code')) throw error;
      throw new Problem('conflict', 'MATTER_CODE_TAKEN', 'A matter with this code exists already.');
    }
  }

  private async create(actor: Actor, given: CreateMatterDto): Promise<MatterView> {
    const now = await this.clock.now();
    const domains = await this.settings.dictionary(legalDateOf(now) ?? '', 'domains');
    if (!domains.some(({ code }) => code === given.domain)) {
      throw inputInvalid([
        { pointer: '/domain', code: 'DOMAIN_UNKNOWN', detail: 'domain must be a code of the dictionary domains' },
      ]);
    }
    const id = newId();
    await this.db.insert('matters', {
      id,
      code: given.code,
      name: given.name,
      act_type: given.actType,
      domain: given.domain,
      created_at: new Date(now),
    });
    this.audit.record(actor, 'matter.create', { type: 'matter', id }, { after: given });
    return this.matters.read(id);
  }
}
