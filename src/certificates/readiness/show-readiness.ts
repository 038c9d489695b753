import { Injectable } from '@nestjs/common';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { OfficerDirectory } from '../../officers/index.js';
import { Ways } from '../../qualification/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { fittingType, previousCertificate } from '../../rules/previous-certificate.rules.js';
import { isReady, readinessLines } from '../../rules/readiness.rules.js';
import { ApplicationInputs } from '../applications/application-inputs.js';
import { IssuanceDesk } from '../applications/issuance-desk.js';
import { CertificateLocks } from '../certificate-locks.js';
import type { ReadinessQuery } from './readiness.dto.js';
import { conditionView, type ReadinessView } from './readiness.view.js';

/**
 * What stands between an officer and an application, before it is made: the desk that judges applications is asked, so that checklist and
 * refusal say the same. BR-56, BR-57.
 */
@Injectable()
export class ShowReadiness {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly directory: OfficerDirectory,
    private readonly certificates: CertificateLocks,
    private readonly inputs: ApplicationInputs,
    private readonly desk: IssuanceDesk,
    private readonly ways: Ways,
  ) {}

  /** @throws Problem 404; 400 for a domain of no dictionary */
  async execute(actor: Actor, officerId: string, query: ReadinessQuery): Promise<ReadinessView> {
    const officer = await this.directory.one(actor, officerId);
    const now = await this.clock.now();
    await this.requireDomains(query.domains ?? [], legalDateOf(now) ?? '');
    const { type, certificateType } = query;
    const domains = query.domains ?? officer.domains;
    const held = await this.certificates.ofOfficers([officerId]);
    const open = await this.inputs.withOpenApplication([officerId], certificateType);
    const hasOpenApplication = open.has(officerId);
    const ask = { key: officerId, officerId, type, certificateType, subjectId: officer.subjectId, domains };
    const ruling = (await this.desk.judge([{ ...ask, hasOpenApplication }], held, now)).get(officerId);
    if (!ruling?.evidence) throw new Error('the officer went away while it was read');
    const { facts, settings } = ruling.evidence;
    const previous = previousCertificate(facts);
    const card = held.find(({ number, type: kind }) => number === previous?.number && kind === certificateType);
    const lines = readinessLines(ruling.conditions);
    const ways = await this.ways.of(actor, officer, lines, { domains, now });
    const views = lines.map((line, place) => ({ line, view: conditionView(line, ways[place] ?? []) }));
    return {
      officerId,
      name: officer.name,
      subject: { id: officer.subjectId, name: officer.subjectName },
      type,
      fittingType: fittingType(facts, settings),
      certificateType,
      domains: [...domains],
      previousCertificate: card ? { id: card.id, certificateNo: card.number, validTo: card.validTo } : null,
      ready: isReady(lines),
      conditions: views.filter(({ line }) => line.blocking).map(({ view }) => view),
      notRecorded: views.filter(({ line }) => !line.blocking).map(({ view }) => view),
      judgedAt: new Date(now).toISOString(),
    };
  }

  private async requireDomains(domains: readonly string[], today: string): Promise<void> {
    const known = new Set((await this.settings.dictionary(today, 'domains')).map(({ code }) => code));
    if (domains.every((domain) => known.has(domain))) return;
    throw inputInvalid([
      {
        pointer: '/query/domains',
        code: 'DOMAIN_UNKNOWN',
        detail: 'domains must be codes of GET /dictionaries/domains',
      },
    ]);
  }
}
