import { isId } from '../../kernel/ids.js';
import { Injectable } from '@nestjs/common';
import { Readiness } from '../../qualification/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { verdictOf, type Condition } from '../../rules/conditions.js';
import {
  applicationConditions,
  type ApplicantCode,
  type ApplicantFacts,
  type ApplicationType,
  type IssuanceFacts,
  type IssuanceSettings,
} from '../../rules/issuance.rules.js';
import { previousCertificate } from '../../rules/previous-certificate.rules.js';
import type { Reason } from '../../rules/verdict.js';
import { groupBy } from '../collections.js';
import { standingAt, type CertificateRecord } from '../certificate.rows.js';
import { VoidNotices } from '../moves/void-notices.js';
import { ReviewStandings } from '../reviews/review-standings.queries.js';

/** What may be issued to whom. */
export interface IssuanceAsk {
  /** Names the ask in the answer: an officer or an application. */
  readonly key: string;
  readonly officerId: string;
  readonly type: ApplicationType;
  readonly certificateType: 'ENFORCEMENT' | 'SUPERVISION';
  readonly subjectId: string;
  readonly domains: readonly string[];
  /** Another open application of the same person and type. */
  readonly hasOpenApplication: boolean;
  /** The unit's head has given an opinion; left out: not recorded here. */
  readonly hasUnitOpinion?: boolean;
}

export interface IssuanceEvidence {
  readonly facts: IssuanceFacts;
  readonly settings: IssuanceSettings;
}

export interface IssuanceRuling {
  /** Empty: nothing stands against it. */
  readonly reasons: readonly Reason[];
  /** Every condition that it was judged by, in the order of the reasons. */
  readonly conditions: readonly Condition<ApplicantCode>[];
  /** What the decision rested on, to be kept with it. */
  readonly evidence: IssuanceEvidence | null;
  /** The card that this one follows. */
  readonly previousCertificateId: string | null;
}

/** Version of the rules that an issued certificate rests on. */
export const ISSUANCE_RULES = 'issuance-1';

/**
 * Asks the law book whether a certificate may be applied for or issued, with all facts of one moment. The caller holds the locks
 * of the officers and of their certificates.
 */
@Injectable()
export class IssuanceDesk {
  constructor(
    private readonly readiness: Readiness,
    private readonly notices: VoidNotices,
    private readonly reviews: ReviewStandings,
  ) {}

  async judge(
    asks: readonly IssuanceAsk[],
    certificates: readonly CertificateRecord[],
    instant: number,
  ): Promise<ReadonlyMap<string, IssuanceRuling>> {
    const settings = await this.readiness.settings(legalDateOf(instant) ?? '');
    // A reservation, kept or given up, is no certificate.
    const held = groupBy(
      certificates.filter(({ wasIssued }) => wasIssued),
      ({ officerId }) => officerId,
    );
    const declared = await this.notices.declared(certificates, legalDateOf(instant) ?? '');
    const reviews = await this.reviews.of(
      certificates.map(({ id }) => id),
      instant,
    );
    const rulings = new Map<string, IssuanceRuling>();
    const alike = groupBy(asks, ({ subjectId, domains }) => JSON.stringify([subjectId, [...domains].sort()]));
    for (const group of alike.values()) {
      const { subjectId, domains } = group[0] ?? { subjectId: '', domains: [] };
      const officerIds = group.map(({ officerId }) => officerId);
      const persons = await this.readiness.of(officerIds, { subjectId, domains, instant });
      for (const ask of group) {
        const person = persons.get(ask.officerId);
        if (!person) {
          rulings.set(ask.key, unknownOfficer(ask.officerId));
          continue;
        }
        const own = held.get(ask.officerId) ?? [];
        const facts: ApplicantFacts = {
          ...person,
          at: instant,
          type: ask.type,
          certificateType: ask.certificateType,
          domains: ask.domains,
          hasOpenApplication: ask.hasOpenApplication,
          certificates: own.map((one) => heldCertificate(one, instant, reviews.get(one.id))),
          hasUnitOpinion: ask.hasUnitOpinion ?? person.hasUnitOpinion,
          hasVoidNotice: ask.type === 'REISSUE' ? isDeclaredVoid(ask, own, declared, instant) : person.hasVoidNotice,
        };
        const conditions = applicationConditions(facts, settings);
        const previousNo = conditions.find(({ code }) => code === 'PREVIOUS_CERTIFICATE_MISSING')?.facts[
          'certificateNo'
        ];
        const previous =
          own.find(({ number, type }) => number === previousNo && type === ask.certificateType) ??
          lastOf(own, ask.certificateType);
        rulings.set(ask.key, {
          reasons: verdictOf(conditions).reasons,
          conditions,
          evidence: { facts, settings },
          previousCertificateId: previous?.id ?? null,
        });
      }
    }
    return rulings;
  }
}

/** BR-75: the lost card that the new one replaces was declared void. */
function isDeclaredVoid(
  { type, certificateType }: IssuanceAsk,
  own: readonly CertificateRecord[],
  declared: ReadonlySet<string>,
  at: number,
): boolean {
  const certificates = own.map((one) => heldCertificate(one, at));
  const lost = previousCertificate({ type, certificateType, certificates });
  return own.some(
    ({ id, number, type: kind }) => number === lost?.number && kind === certificateType && declared.has(id),
  );
}

/** The chain is never broken: where no rule names the card before this one, it is the last that the person had of the type. */
const lastOf = (own: readonly CertificateRecord[], type: string): CertificateRecord | null =>
  own
    .filter((one) => one.type === type)
    .reduce<CertificateRecord | null>(
      (last, one) =>
        last === null || one.validTo > last.validTo || (one.validTo === last.validTo && one.id > last.id) ? one : last,
      null,
    );

export const unknownOfficer = (asked: string): IssuanceRuling => ({
  reasons: [{ code: 'OFFICER_UNKNOWN', facts: { asked: isId(asked) ? asked : null } }],
  conditions: [],
  evidence: null,
  previousCertificateId: null,
});

const heldCertificate = (
  certificate: CertificateRecord,
  at: number,
  review?: 'FAILED' | 'OVERDUE',
): IssuanceFacts['certificates'][number] => ({
  number: certificate.number,
  type: certificate.type,
  standing: standingAt(certificate, at),
  domains: certificate.domains,
  validFrom: certificate.validFrom,
  validTo: certificate.validTo,
  ...(review === undefined ? {} : { review }),
});
