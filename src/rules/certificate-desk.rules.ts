import {
  moveOfDecision,
  stepAwaited,
  type ApplicationDecision,
  type ApplicationState,
  type ApplicationStep,
} from './application.lifecycle.js';
import { instantText } from './calendar.js';
import { judge, unless, type Reason, type Verdict } from './verdict.js';

/** What the desk for applications and certificates says no to, beyond the conditions of a certificate. BR-58, BR-60, BR-80. */
export type CertificateDeskCode =
  | 'APPLICATION_UNKNOWN'
  | 'APPLICATION_STATE'
  | 'STEP_OF_ANOTHER_ROLE'
  | 'NUMBERS_SHORT'
  | 'LIFT_BEFORE_SUSPENSION'
  | 'CANCELLED_BY_HAND'
  | 'ISSUE_INTERRUPTED';

/** BR-58: the clerk checks, the head decides. */
export const ROLE_OF_STEP = { DISTRICT_REVIEW: 'REVIEWER', DISTRICT_APPROVAL: 'APPROVER' } as const;

export type StepRuling =
  | { readonly ok: true; readonly step: ApplicationStep; readonly to: ApplicationState }
  | { readonly ok: false; readonly reason: Reason<'APPLICATION_STATE' | 'STEP_OF_ANOTHER_ROLE'> };

/** Takes where an application stands, the roles of who decides, and the decision. Gives the step and the new state, or why not. */
export function decideStep(
  state: ApplicationState,
  roles: readonly string[],
  decision: ApplicationDecision,
): StepRuling {
  const step = stepAwaited(state);
  if (step === null) return { ok: false, reason: { code: 'APPLICATION_STATE', facts: { state } } };
  const role = ROLE_OF_STEP[step];
  if (!roles.includes(role)) return { ok: false, reason: { code: 'STEP_OF_ANOTHER_ROLE', facts: { step, role } } };
  return { ok: true, step, to: moveOfDecision(step, decision).to };
}

/** Takes how many numbers are left and how many are wanted. Gives whether a batch may begin. Design notes, allocator, no. 5. */
export const decideStock = (left: number, needed: number): Verdict<'NUMBERS_SHORT'> =>
  judge(unless(left >= needed, 'NUMBERS_SHORT', { left, needed, short: needed - left }));

/** BR-80. Takes when a suspension began and when it is to end. Gives whether it can end there. */
export const decideLift = (suspendedFrom: number, liftedFrom: number): Verdict<'LIFT_BEFORE_SUSPENSION'> =>
  judge(
    unless(liftedFrom >= suspendedFrom, 'LIFT_BEFORE_SUSPENSION', {
      suspendedFrom: instantText(suspendedFrom),
      liftedFrom: instantText(liftedFrom),
    }),
  );
