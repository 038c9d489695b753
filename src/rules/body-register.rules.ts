import { addMonths, instantText, isLegalDate, type LegalDate } from './calendar.js';
import { judge, unless, type Reason, type Verdict } from './verdict.js';

/** In which order the events of bodies, powers and delegations can lie, and what a delegator has to be reminded of. */

export type BodyRegisterRefusal =
  | 'RESTORED_BEFORE_SUSPENSION'
  | 'RESUMED_BEFORE_SUSPENSION'
  | 'POWER_END_BEFORE_BEGINNING'
  | 'POWER_END_NOT_EARLIER'
  | 'RECORD_IN_FUTURE';
export type BodyRegisterWarning = 'SUPERVISION_OVERDUE' | 'DELEGATION_FILED_LATE';
export type BodyRegisterCode = BodyRegisterRefusal | BodyRegisterWarning;

const times = (suspendedFrom: number, effectiveFrom: number): Reason['facts'] => ({
  suspendedFrom: instantText(suspendedFrom),
  effectiveFrom: instantText(effectiveFrom),
});

/** Takes the instants at which a body's suspension began and is to end. Gives whether it can end there. */
export const judgeRestoration = (suspendedFrom: number, effectiveFrom: number): Verdict<'RESTORED_BEFORE_SUSPENSION'> =>
  judge(unless(effectiveFrom >= suspendedFrom, 'RESTORED_BEFORE_SUSPENSION', times(suspendedFrom, effectiveFrom)));

/** Takes the instants at which a delegation's suspension began and is to end. Gives whether it can end there. */
export const judgeResumption = (suspendedFrom: number, effectiveFrom: number): Verdict<'RESUMED_BEFORE_SUSPENSION'> =>
  judge(unless(effectiveFrom >= suspendedFrom, 'RESUMED_BEFORE_SUSPENSION', times(suspendedFrom, effectiveFrom)));

/** Takes the days of a power and its new last day. Gives whether it can end there: within its days, earlier than known. */
export function judgePowerEnd(
  power: { readonly validFrom: LegalDate; readonly validTo: LegalDate | null },
  validTo: LegalDate,
): Verdict<'POWER_END_BEFORE_BEGINNING' | 'POWER_END_NOT_EARLIER'> {
  const facts = { validFrom: power.validFrom, validTo: power.validTo, newEnd: validTo };
  return judge(
    unless(validTo >= power.validFrom, 'POWER_END_BEFORE_BEGINNING', facts),
    unless(power.validTo === null || validTo < power.validTo, 'POWER_END_NOT_EARLIER', facts),
  );
}

/** Takes the day of a supervision or report and today. Gives whether it can be entered: nobody records what has not happened. */
export const judgeRecord = (happenedOn: LegalDate, today: LegalDate): Verdict<'RECORD_IN_FUTURE'> =>
  judge(unless(happenedOn <= today, 'RECORD_IN_FUTURE', { happenedOn, today }));

export interface DelegationOversight {
  readonly validFrom: LegalDate;
  readonly lastSupervisedOn: LegalDate | null;
  /** `delegation.superviseEveryMonths` */
  readonly superviseEveryMonths: number;
  /** The day on which the signed letter came into the register of the district. */
  readonly filedOn: LegalDate | null;
  /** Last day for filing: `delegation.filingDays` after the signature. */
  readonly fileBy: LegalDate | null;
}

/** Takes what is known of a signed delegation that still runs. Gives what its delegator has to be reminded of. BR-12, BR-13. */
export function delegationReminders(
  facts: DelegationOversight,
  today: LegalDate,
): readonly Reason<BodyRegisterWarning>[] {
  const { validFrom, lastSupervisedOn, superviseEveryMonths, filedOn, fileBy } = facts;
  const since = lastSupervisedOn ?? validFrom;
  const dueOn = isLegalDate(since) ? addMonths(since, superviseEveryMonths) : null;
  const inTime = fileBy === null || (filedOn ?? today) <= fileBy;
  return judge(
    unless(dueOn !== null && today <= dueOn, 'SUPERVISION_OVERDUE', { lastSupervisedOn, dueOn, superviseEveryMonths }),
    unless(inTime, 'DELEGATION_FILED_LATE', { filedOn, fileBy }),
  ).reasons;
}
