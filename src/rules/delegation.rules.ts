import { dayNumberOf, daysBetween, isLegalDate, lastDayOfYears, type LegalDate } from './calendar.js';
import type { Ruling } from './conditions.js';
import type { MatterFact, PowerFact, SubjectKind } from './duty-facts.js';
import { mayLicenseByDelegation } from './duty-delegation.rules.js';
import { mayHoldPower } from './duty-subject.rules.js';
import { jurisdictionCovers } from './jurisdiction.js';
import { judge, unless, type Reason } from './verdict.js';

/** What is refused when a delegation is drafted or signed: only what the law forbids outright. BR-04 to BR-09. */
export type DelegationRefusal =
  | 'DELEGATION_INCOMPLETE'
  | 'DELEGATION_TO_ITSELF'
  | 'DELEGATION_TERM_INVERTED'
  | 'ACT_NOT_DELEGABLE'
  | 'LICENSE_NEEDS_ORGAN'
  | 'DELEGATOR_LACKS_POWER';

/** What may be mended later; until then the duty decision denies, or people are told. BR-01, BR-10, BR-12. */
export type DelegationWarning =
  | 'DELEGATION_TERM_TOO_LONG'
  | 'DELEGATEE_OFFICERS_FEW'
  | 'DELEGATOR_POWER_NOT_RECORDED'
  | 'DELEGATOR_POWER_NARROWER'
  | 'DELEGATOR_NOT_CONFIRMED'
  | 'SUBJECT_NOT_CONFIRMED';

export interface DelegationParty {
  readonly id: string;
  readonly name: string;
  readonly kind: SubjectKind;
  readonly isConfirmed: boolean;
}

export interface DelegationDraft {
  readonly delegator: DelegationParty & {
    readonly powers: readonly PowerFact[];
    /** Matters that it holds itself only by a delegation from somebody else. */
    readonly delegatedMatterCodes: readonly string[];
  };
  readonly delegatee: DelegationParty & { readonly certifiedOfficers: number };
  readonly matters: readonly MatterFact[];
  readonly jurisdictionCode: string;
  readonly authority: string | null;
  readonly documentNo: string | null;
  readonly legalBasis: string | null;
  readonly validFrom: LegalDate;
  readonly validTo: LegalDate;
}

export interface DelegationSettings {
  /** `delegation.maxYears` */
  readonly maxYears: number;
  /** `delegation.minOfficers` */
  readonly minOfficers: number;
}

/**
 * Takes a delegation as written and the step it is about to take. Gives what forbids it and what to mind. A draft may be incomplete
 * (BR-04), nothing else. 行政处罚法 20-21, 行政强制法 17, 行政许可法 24, 河南省行政执法条例 14.
 */
export function decideDelegation(
  draft: DelegationDraft,
  settings: DelegationSettings,
  step: 'DRAFT' | 'SIGN',
): Ruling<DelegationRefusal, DelegationWarning> {
  const { delegator, delegatee, matters, validFrom, validTo } = draft;
  const missing = step === 'SIGN' ? missingParts(draft) : [];
  const verdict = judge<DelegationRefusal>(
    unless(missing.length === 0, 'DELEGATION_INCOMPLETE', { missing: missing.join(', ') }),
    unless(delegator.id !== delegatee.id, 'DELEGATION_TO_ITSELF', { subject: delegator.name }),
    unless(isTerm(validFrom, validTo), 'DELEGATION_TERM_INVERTED', { validFrom, validTo }),
    ...matters.flatMap((matter) => [
      unless(matter.actType !== 'COERCIVE_MEASURE', 'ACT_NOT_DELEGABLE', {
        matter: matter.code,
        actType: matter.actType,
      }),
      unless(matter.actType !== 'LICENSE' || mayLicenseByDelegation(delegatee.kind), 'LICENSE_NEEDS_ORGAN', {
        subject: delegatee.name,
        kind: delegatee.kind,
      }),
      unless(!isSubDelegation(draft, matter.code), 'DELEGATOR_LACKS_POWER', {
        delegator: delegator.name,
        matter: matter.code,
      }),
    ]),
  );
  return { verdict, warnings: warningsOf(draft, settings) };
}

const isTerm = (validFrom: string, validTo: string): boolean =>
  isLegalDate(validFrom) && isLegalDate(validTo) && validFrom <= validTo;

function missingParts(draft: DelegationDraft): string[] {
  const parts: readonly [string, boolean][] = [
    ['matters', draft.matters.length > 0],
    ['authority', !!draft.authority?.trim()],
    ['documentNo', !!draft.documentNo?.trim()],
    ['legalBasis', !!draft.legalBasis?.trim()],
  ];
  return parts.filter(([, isThere]) => !isThere).map(([part]) => part);
}

const ownPowers = ({ delegator }: DelegationDraft, matterCode: string): readonly PowerFact[] =>
  mayHoldPower(delegator.kind) ? delegator.powers.filter((power) => power.matterCode === matterCode) : [];

/** BR-07: who holds a matter only by delegation, or can hold none at all, cannot pass it on. */
function isSubDelegation(draft: DelegationDraft, matterCode: string): boolean {
  if (ownPowers(draft, matterCode).length > 0) return false;
  return !mayHoldPower(draft.delegator.kind) || draft.delegator.delegatedMatterCodes.includes(matterCode);
}

function warningsOf(
  draft: DelegationDraft,
  { maxYears, minOfficers }: DelegationSettings,
): Reason<DelegationWarning>[] {
  const { delegator, delegatee, matters, validFrom, validTo } = draft;
  const needsOfficers = delegatee.kind === 'DELEGATED_ORG' && matters.some((matter) => matter.actType === 'PENALTY');
  const verdict = judge<DelegationWarning>(
    unless(!isTerm(validFrom, validTo) || validTo <= lastDayOfYears(validFrom, maxYears), 'DELEGATION_TERM_TOO_LONG', {
      validFrom,
      validTo,
      maxYears,
    }),
    unless(!needsOfficers || delegatee.certifiedOfficers >= minOfficers, 'DELEGATEE_OFFICERS_FEW', {
      subject: delegatee.name,
      certified: delegatee.certifiedOfficers,
      minimum: minOfficers,
    }),
    unless(delegator.isConfirmed, 'DELEGATOR_NOT_CONFIRMED', {
      delegator: delegator.name,
      documentNo: draft.documentNo,
    }),
    unless(delegatee.isConfirmed, 'SUBJECT_NOT_CONFIRMED', { subject: delegatee.name }),
    ...matters.map((matter) => powerWarning(draft, matter.code)),
  );
  return [...verdict.reasons];
}

function powerWarning(draft: DelegationDraft, matterCode: string): Reason<DelegationWarning> | null {
  if (isSubDelegation(draft, matterCode)) return null;
  const { validFrom, validTo, jurisdictionCode } = draft;
  const powers = ownPowers(draft, matterCode);
  const facts = { delegator: draft.delegator.name, matter: matterCode };
  if (powers.length === 0) return { code: 'DELEGATOR_POWER_NOT_RECORDED', facts };
  const isWithin = powers.some(
    (power) =>
      isLegalDate(power.validFrom) &&
      power.validFrom <= validFrom &&
      (power.validTo === null || (isLegalDate(power.validTo) && power.validTo >= validTo)) &&
      jurisdictionCovers(power.jurisdictionCode, jurisdictionCode),
  );
  return unless(isWithin, 'DELEGATOR_POWER_NARROWER', facts);
}

/** Takes a delegation's last day and `delegation.warnDays`. Gives whether to warn that it ends, from that many days before. BR-12. */
export function delegationExpiresSoon(validTo: LegalDate, today: LegalDate, warnDays: number): boolean {
  if (dayNumberOf(validTo) === null || dayNumberOf(today) === null) return true;
  const left = daysBetween(today, validTo);
  return left >= 0 && left <= warnDays;
}
