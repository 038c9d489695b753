import { instantText } from './calendar.js';
import { condition, verdictOf, type Condition } from './conditions.js';
import {
  eligibilityConditions,
  type EligibilityCode,
  type EligibilityFacts,
  type EligibilitySettings,
} from './eligibility.rules.js';
import { passConditions, type ExamPass, type PassCode, type PassSettings } from './exam-pass.rules.js';
import {
  previousConditions,
  type HeldCertificate,
  type PreviousCode,
  type PreviousSettings,
} from './previous-certificate.rules.js';
import type { Verdict } from './verdict.js';

/** What must be there before a certificate may be applied for and issued. BR-34, 40-43, 49, 50, 53, 54, 56, 57, 62, 63, 69, 75, 79. */
export type TrainingCode = 'TRAINING_COMMON_LAW_MISSING' | 'TRAINING_SPECIAL_LAW_MISSING' | 'TRAINING_HOURS_SHORT';
export type ApplicationCode =
  | 'DOMAINS_MISSING'
  | 'OPEN_APPLICATION_EXISTS'
  | 'LIVE_CERTIFICATE_EXISTS'
  | 'OTHER_TYPE_CERTIFICATE_EXISTS'
  | 'PHOTO_MISSING'
  | 'UNIT_OPINION_MISSING';
/** What is asked of an application besides: who applies is one of the body's people. */
export type ApplicantCode = IssuanceCode | 'NOT_ASSIGNED_TO_SUBJECT';
export type IssuanceCode = EligibilityCode | TrainingCode | PassCode | PreviousCode | ApplicationCode;

export const APPLICATION_TYPES = ['FIRST', 'RENEW', 'EXCHANGE', 'REISSUE'] as const;
export type ApplicationType = (typeof APPLICATION_TYPES)[number];

export interface IssuanceFacts extends EligibilityFacts {
  readonly type: ApplicationType;
  readonly certificateType: 'ENFORCEMENT' | 'SUPERVISION';
  readonly domains: readonly string[];
  /** Confirmed hours of PRE_POST classes. */
  readonly training: {
    readonly prePostHours: number;
    readonly commonLawHours: number;
    readonly specialLawHours: Readonly<Record<string, number>>;
  };
  /** Passes of released exams that nothing has voided. */
  readonly passes: readonly ExamPass[];
  readonly hasLegalQualification: boolean;
  readonly certificates: readonly HeldCertificate[];
  /** Another open application of the same person and certificate type. */
  readonly hasOpenApplication: boolean;
  /** Confirmed hours of the last full year; null: not evaluated. */
  readonly hoursLastYear: number | null;
  /** Null: not recorded. */
  readonly hasPhoto: boolean | null;
  /** Null: not recorded. */
  readonly hasUnitOpinion: boolean | null;
  /** Null: not recorded. */
  readonly hasVoidNotice: boolean | null;
}

export interface IssuanceSettings extends EligibilitySettings, PassSettings, PreviousSettings {
  /** `hours.prePost` */
  readonly prePostHours: number;
  /** `cert.allowBoth` */
  readonly allowBoth: boolean;
}

/** Takes an application. Gives every condition that applies to its type, judged. */
export function issuanceConditions(facts: IssuanceFacts, settings: IssuanceSettings): Condition<IssuanceCode>[] {
  const { type, domains, certificateType } = facts;
  return [
    ...eligibilityConditions(facts, settings),
    condition(domains.length > 0 || certificateType === 'SUPERVISION', 'DOMAINS_MISSING'),
    ...previousConditions(facts, settings),
    ...(type === 'FIRST' ? trainingConditions(facts, settings) : []),
    ...passConditions(facts, settings),
    ...liveConditions(facts, settings),
    condition(!facts.hasOpenApplication, 'OPEN_APPLICATION_EXISTS', { certificateType }),
    condition(facts.hasPhoto, 'PHOTO_MISSING'),
    condition(facts.hasUnitOpinion, 'UNIT_OPINION_MISSING'),
  ];
}

/** Takes an application. Gives whether it may be handed in, and the certificate issued; every reason why not. BR-57. */
export const decideIssuance = (facts: IssuanceFacts, settings: IssuanceSettings): Verdict<IssuanceCode> =>
  verdictOf(issuanceConditions(facts, settings));

/** Facts of an application for a body: those of the certificate, and whether the person is one of the body's people. */
export interface ApplicantFacts extends IssuanceFacts {
  readonly unitId: string;
  /** Assigned to that body at the moment. */
  readonly isAssigned: boolean;
}

/**
 * Takes an application for a body. Gives every condition that it is judged by when it is handed in, decided and issued; the readiness
 * page lists the same.
 */
export function applicationConditions(facts: ApplicantFacts, settings: IssuanceSettings): Condition<ApplicantCode>[] {
  const at = instantText(facts.at);
  return [
    ...issuanceConditions(facts, settings),
    condition(facts.isAssigned, 'NOT_ASSIGNED_TO_SUBJECT', { subjectId: facts.unitId, begins: at, ends: at }),
  ];
}

/** BR-34; 河南省行政执法条例 21: trained in both kinds of law before the post. */
function trainingConditions(
  { training, domains }: IssuanceFacts,
  { prePostHours }: IssuanceSettings,
): Condition<TrainingCode>[] {
  const special = (domain: string): number => training.specialLawHours[domain] ?? 0;
  return [
    condition(training.commonLawHours > 0, 'TRAINING_COMMON_LAW_MISSING', { hours: training.commonLawHours }),
    ...domains.map((domain) =>
      condition(special(domain) > 0, 'TRAINING_SPECIAL_LAW_MISSING', { domain, hours: special(domain) }),
    ),
    condition(training.prePostHours >= prePostHours, 'TRAINING_HOURS_SHORT', {
      done: training.prePostHours,
      required: prePostHours,
    }),
  ];
}

/** BR-62, BR-63. A renewal or exchange replaces the live card of its type, so that one is no bar to it. */
function liveConditions(facts: IssuanceFacts, { allowBoth }: IssuanceSettings): Condition<ApplicationCode>[] {
  const live = facts.certificates.filter(({ standing }) => standing === 'VALID' || standing === 'SUSPENDED');
  const replaces = facts.type === 'RENEW' || facts.type === 'EXCHANGE';
  const same = live.find(({ type }) => type === facts.certificateType);
  const other = live.find(({ type }) => type !== facts.certificateType && type !== 'MINISTRY');
  return [
    condition(replaces || same === undefined, 'LIVE_CERTIFICATE_EXISTS', {
      certificateNo: same?.number ?? null,
      certificateType: facts.certificateType,
    }),
    condition(allowBoth || other === undefined, 'OTHER_TYPE_CERTIFICATE_EXISTS', {
      certificateNo: other?.number ?? null,
      otherType: other?.type ?? null,
    }),
  ];
}
