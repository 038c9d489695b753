import { instantText } from './calendar.js';
import { STAFF_CATEGORIES, type StaffCategory } from './duty-facts.js';
import { judge, unless, type Verdict } from './verdict.js';

/** Who can be registered as an officer, and in which order the events of a service can lie. */

export type OfficerServiceCode = 'AUXILIARY_NOT_AN_OFFICER' | 'TRANSFER_BEFORE_ASSIGNMENT' | 'RETURN_BEFORE_ORDER';

/** 辅助人员 have a register of their own (BR-25) and never count as officers. */
export const AUXILIARY = 'AUXILIARY';
export type NamedCategory = StaffCategory | typeof AUXILIARY;

/** Every category that may be named when somebody is to be registered. */
export const NAMED_CATEGORIES: readonly NamedCategory[] = [...STAFF_CATEGORIES, AUXILIARY];

/** BR-25. Takes the category under which somebody is to be registered. Gives whether an officer can have it. */
export const judgeRegistration = (category: NamedCategory): Verdict<'AUXILIARY_NOT_AN_OFFICER'> =>
  judge(unless(category !== AUXILIARY, 'AUXILIARY_NOT_AN_OFFICER'));

/** Takes the instants at which the running assignment began and the next is to begin. Gives whether one can follow the other. */
export const judgeTransfer = (assignedFrom: number, effectiveFrom: number): Verdict<'TRANSFER_BEFORE_ASSIGNMENT'> =>
  judge(
    unless(effectiveFrom >= assignedFrom, 'TRANSFER_BEFORE_ASSIGNMENT', {
      assignedFrom: instantText(assignedFrom),
      effectiveFrom: instantText(effectiveFrom),
    }),
  );

/** Takes the instants at which an off-post order began and is to end. Gives whether it can end there. */
export const judgeReturn = (orderFrom: number, effectiveFrom: number): Verdict<'RETURN_BEFORE_ORDER'> =>
  judge(
    unless(effectiveFrom >= orderFrom, 'RETURN_BEFORE_ORDER', {
      orderFrom: instantText(orderFrom),
      effectiveFrom: instantText(effectiveFrom),
    }),
  );
