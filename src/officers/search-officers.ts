import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { OfficerIdentity } from './officer-identity.js';
import { OfficerInput } from './officer-input.js';
import { OfficersQueries } from './officers.queries.js';
import type { OfficerPageView } from './officer.view.js';

/** Finds somebody by the whole ID number, over the blind index. */
@Injectable()
export class SearchOfficers {
  constructor(
    private readonly clock: Clock,
    private readonly input: OfficerInput,
    private readonly identity: OfficerIdentity,
    private readonly queries: OfficersQueries,
  ) {}

  /** @throws Problem 400 when it is no ID number */
  async execute(actor: Actor, idNumber: string): Promise<OfficerPageView> {
    this.input.checkIdNumber(idNumber, await this.clock.now());
    return (await this.queries.byIdNumberIndex(actor, this.identity.indexOf(idNumber))) as OfficerPageView;
  }
}
