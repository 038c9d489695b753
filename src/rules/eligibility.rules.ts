import { addMonths, ageOn, isLegalDate, instantText, legalDateOf, type LegalDate } from './calendar.js';
import { activeBarGrounds, runningBar, type BarFact } from './bars.rules.js';
import { condition, verdictOf, type Condition } from './conditions.js';
import type { InstantPeriod, StaffCategory, SubjectKind } from './duty-facts.js';
import { isCertifiable } from './duty-member.rules.js';
import { isEducated } from './education.js';
import { firstTouching, takesEffectBefore } from './periods.js';
import type { Verdict } from './verdict.js';

/** Who may hold a certificate at all. BR-15 to BR-24; 河南省行政执法条例 20. */
export type EligibilityCode =
  | 'STAFF_CATEGORY_BARRED'
  | 'NOT_ON_ESTABLISHMENT'
  | 'ESTABLISHMENT_NOT_CONFIRMED'
  | 'LEFT_SERVICE'
  | 'OFF_POST'
  | 'AGE_BELOW_18'
  | 'NOT_FIT_FOR_DUTY'
  | 'EDUCATION_TOO_LOW'
  | 'SUBJECT_NOT_CONFIRMED'
  | 'NO_EFFECTIVE_DELEGATION'
  | 'PUBLIC_INSTITUTION_NOT_ENTITLED'
  | 'BARRED_PERIOD'
  | 'APPRAISAL_FAILED';

export interface UnitFacts {
  readonly name: string;
  readonly kind: SubjectKind;
  /** Stands confirmed at the moment of the application. */
  readonly isConfirmed: boolean;
  readonly hasEffectiveDelegation: boolean;
}

export interface EligibilityFacts {
  /** The moment of the application, an instant; its day is the application date. */
  readonly at: number;
  readonly staffCategory: StaffCategory;
  readonly onEstablishment: boolean;
  /** The day on which 编办 or 人社 last confirmed the establishment; null: not recorded. */
  readonly establishmentConfirmedOn: LegalDate | null;
  readonly leftFrom: number | null;
  readonly offPost: readonly InstantPeriod[];
  readonly birthDate: LegalDate;
  /** Null: not recorded. */
  readonly isFit: boolean | null;
  /** Null: not recorded. */
  readonly education: string | null;
  /** Null: not recorded. */
  readonly passedLastAppraisal: boolean | null;
  readonly bars: readonly BarFact[];
  readonly unit: UnitFacts;
}

export interface EligibilitySettings {
  /** `person.minEducation` */
  readonly minEducation: string;
  /** `eligibility.bars` as it stands in the settings */
  readonly bars: unknown;
  /** `establishment.confirmMonths` */
  readonly establishmentConfirmMonths: number;
}

/** 河南省行政执法条例 20: full age, by statute and therefore no setting. */
const FULL_AGE = 18;

/** Takes a person and the unit. Gives every condition of eligibility, judged. */
export function eligibilityConditions(
  facts: EligibilityFacts,
  settings: EligibilitySettings,
): Condition<EligibilityCode>[] {
  const { at, unit, staffCategory, onEstablishment } = facts;
  const on = legalDateOf(at);
  const off = firstTouching(facts.offPost, at, at + 1);
  const age = on !== null && isLegalDate(facts.birthDate) ? ageOn(facts.birthDate, on) : null;
  const bar = runningBar(facts.bars, activeBarGrounds(settings.bars), on ?? '');
  return [
    condition(isCertifiable(staffCategory), 'STAFF_CATEGORY_BARRED', { staffCategory, onEstablishment }),
    condition(onEstablishment === true, 'NOT_ON_ESTABLISHMENT', { onEstablishment }),
    condition(isRecentlyConfirmed(facts.establishmentConfirmedOn, on, settings), 'ESTABLISHMENT_NOT_CONFIRMED', {
      confirmedOn: facts.establishmentConfirmedOn,
      months: settings.establishmentConfirmMonths,
    }),
    condition(!takesEffectBefore(facts.leftFrom, at + 1), 'LEFT_SERVICE', { since: instantText(facts.leftFrom) }),
    condition(off === null, 'OFF_POST', { since: instantText(off?.from), until: instantText(off?.to) }),
    condition(age !== null && age >= FULL_AGE, 'AGE_BELOW_18', { age, on }),
    condition(facts.isFit, 'NOT_FIT_FOR_DUTY'),
    condition(
      facts.education === null ? null : isEducated(facts.education, settings.minEducation),
      'EDUCATION_TOO_LOW',
      {
        education: facts.education,
        minimum: settings.minEducation,
      },
    ),
    condition(unit.isConfirmed, 'SUBJECT_NOT_CONFIRMED', { subject: unit.name }),
    condition(!isDelegated(unit.kind) || unit.hasEffectiveDelegation, 'NO_EFFECTIVE_DELEGATION', {
      subject: unit.name,
    }),
    condition(staffCategory !== 'PUBLIC_INSTITUTION' || isEntitled(unit), 'PUBLIC_INSTITUTION_NOT_ENTITLED', {
      subject: unit.name,
    }),
    condition(bar === null, 'BARRED_PERIOD', {
      ground: bar?.ground ?? null,
      since: bar?.from ?? null,
      until: bar?.to ?? null,
    }),
    condition(facts.passedLastAppraisal, 'APPRAISAL_FAILED'),
  ];
}

/** Takes a person and the unit. Gives whether the person may hold a certificate, with every reason why not. */
export const decideEligibility = (facts: EligibilityFacts, settings: EligibilitySettings): Verdict<EligibilityCode> =>
  verdictOf(eligibilityConditions(facts, settings));

const isDelegated = (kind: SubjectKind): boolean => kind === 'DELEGATED_ORG' || kind === 'DELEGATED_ORGAN';

/** BR-20: an authorised organisation, a body with an effective delegation, or an organ with its own statutory team. */
const isEntitled = ({ kind, hasEffectiveDelegation }: UnitFacts): boolean =>
  kind === 'AUTHORIZED_ORG' || kind === 'ADMIN_ORGAN' || kind === 'DISPATCHED_ORGAN' || hasEffectiveDelegation;

/** BR-24: not older than the months of the setting; null where no confirmation is recorded. */
function isRecentlyConfirmed(
  confirmedOn: LegalDate | null,
  on: LegalDate | null,
  { establishmentConfirmMonths }: EligibilitySettings,
): boolean | null {
  if (confirmedOn === null) return null;
  if (on === null || !isLegalDate(confirmedOn)) return false;
  return confirmedOn <= on && on <= addMonths(confirmedOn, establishmentConfirmMonths);
}
