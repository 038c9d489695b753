import { isLegalDate, lastDayOfYears, legalDateOf, type LegalDate } from './calendar.js';
import { condition, type Condition } from './conditions.js';
import { previousCertificate, type PreviousFacts } from './previous-certificate.rules.js';

/** Which passes an application needs. BR-41, 42, 53, 54, 69, 79. */
export type PassCode =
  'EXAM_COMMON_LAW_NOT_PASSED' | 'EXAM_SPECIAL_LAW_NOT_PASSED' | 'EXAM_PASS_TOO_OLD' | 'RENEWAL_TEST_NOT_PASSED';

export const EXAM_SUBJECTS = ['COMMON_LAW', 'SPECIAL_LAW'] as const;
export type ExamSubject = (typeof EXAM_SUBJECTS)[number];

export interface ExamPass {
  readonly subject: ExamSubject;
  /** Null for common law; a special-law pass is bound to one domain (BR-42). */
  readonly domain: string | null;
  readonly passedOn: LegalDate;
}

export interface PassSettings {
  /** `exam.passValidYears` */
  readonly passValidYears: number;
  /** `exam.exemptCommon` */
  readonly exemptCommon: boolean;
  /** `cert.renewalTest` */
  readonly renewalTest: boolean;
}

export interface PassFacts extends Pick<PreviousFacts, 'at' | 'type' | 'certificateType' | 'certificates'> {
  readonly domains: readonly string[];
  readonly passes: readonly ExamPass[];
  readonly hasLegalQualification: boolean;
}

/** Takes an application. Gives the conditions on its passes: all of them for a first certificate, new domains for the others. */
export function passConditions(facts: PassFacts, settings: PassSettings): Condition<PassCode>[] {
  const on = legalDateOf(facts.at) ?? '';
  const previous = previousCertificate(facts);
  const common = facts.type === 'FIRST' ? commonConditions(facts, settings, on) : [];
  const special = facts.domains
    .filter((domain) => !previous?.domains.includes(domain))
    .flatMap((domain) => specialConditions(facts, settings, domain, on));
  return [...common, ...special, ...renewalConditions(facts, settings, on, previous?.validFrom ?? null)];
}

/** The latest day on which it was passed, up to the day of the application. */
function lastPass({ passes }: PassFacts, subject: ExamSubject, domain: string | null, on: LegalDate): LegalDate | null {
  const days = passes
    .filter((pass) => pass.subject === subject && (subject === 'COMMON_LAW' || pass.domain === domain))
    .map((pass) => pass.passedOn)
    .filter((day) => isLegalDate(day) && day <= on);
  return days.reduce<LegalDate | null>((latest, day) => (latest === null || day > latest ? day : latest), null);
}

function ageCondition(
  passedOn: LegalDate | null,
  on: LegalDate,
  years: number,
  facts: { readonly examSubject: ExamSubject; readonly domain: string | null },
): Condition<PassCode>[] {
  if (passedOn === null) return [];
  const validTo = lastDayOfYears(passedOn, years);
  return [condition(on <= validTo, 'EXAM_PASS_TOO_OLD', { ...facts, passedOn, validTo, years })];
}

function commonConditions(facts: PassFacts, settings: PassSettings, on: LegalDate): Condition<PassCode>[] {
  const passedOn = lastPass(facts, 'COMMON_LAW', null, on);
  const isExempt = settings.exemptCommon && facts.hasLegalQualification;
  const named = { examSubject: 'COMMON_LAW', domain: null } as const;
  return [
    condition(isExempt || passedOn !== null, 'EXAM_COMMON_LAW_NOT_PASSED', { passedOn, exempt: isExempt }),
    ...(isExempt ? [] : ageCondition(passedOn, on, settings.passValidYears, named)),
  ];
}

function specialConditions(
  facts: PassFacts,
  settings: PassSettings,
  domain: string,
  on: LegalDate,
): Condition<PassCode>[] {
  const passedOn = lastPass(facts, 'SPECIAL_LAW', domain, on);
  const named = { examSubject: 'SPECIAL_LAW', domain } as const;
  return [
    condition(passedOn !== null, 'EXAM_SPECIAL_LAW_NOT_PASSED', { domain, passedOn }),
    ...ageCondition(passedOn, on, settings.passValidYears, named),
  ];
}

/** BR-69: a test passed again since the card that is renewed was issued, in common law and in each domain. */
function renewalConditions(
  facts: PassFacts,
  { renewalTest }: PassSettings,
  on: LegalDate,
  since: LegalDate | null,
): Condition<PassCode>[] {
  if (facts.type !== 'RENEW' || !renewalTest) return [];
  const again = (passedOn: LegalDate | null): boolean => passedOn !== null && since !== null && passedOn > since;
  const tests = [
    { subject: 'COMMON_LAW', domain: null } as const,
    ...facts.domains.map((domain) => ({ subject: 'SPECIAL_LAW', domain }) as const),
  ];
  return tests.map(({ subject, domain }) =>
    condition(again(lastPass(facts, subject, domain, on)), 'RENEWAL_TEST_NOT_PASSED', {
      examSubject: subject,
      domain,
      since,
    }),
  );
}
