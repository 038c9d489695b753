import { instantText, startOfDay, type LegalDate } from './calendar.js';
import { takesEffectBefore } from './periods.js';
import { judge, unless, type Verdict } from './verdict.js';

/** Who may take part in a training class, and when its hours can be confirmed. BR-29, BR-39. */

export type TrainingEnrolmentCode = 'CLASS_FULL' | 'NOT_ENROLLED' | 'CLASS_NOT_OVER';

export interface EnrolmentFacts {
  readonly title: string;
  readonly startsOn: LegalDate;
  /** Seats that are still free; null: as many as come. */
  readonly seatsLeft: number | null;
  readonly capacity: number | null;
  /** Instant from which the officer has left service; null: has not. */
  readonly leftFrom: number | null;
}

/** Takes a person who is to take part. Gives whether that is possible: a free seat, and in service when the class begins. */
export const judgeEnrolment = (facts: EnrolmentFacts): Verdict<'CLASS_FULL' | 'LEFT_SERVICE'> =>
  judge(
    unless(!takesEffectBefore(facts.leftFrom, (startOfDay(facts.startsOn) ?? Number.NaN) + 1), 'LEFT_SERVICE', {
      since: instantText(facts.leftFrom),
    }),
    unless(facts.seatsLeft === null || facts.seatsLeft > 0, 'CLASS_FULL', {
      class: facts.title,
      capacity: facts.capacity,
    }),
  );

/** Takes whether somebody is enrolled. Gives whether attendance can be recorded: only for the enrolled. */
export const judgeAttendance = (title: string, isEnrolled: boolean): Verdict<'NOT_ENROLLED'> =>
  judge(unless(isEnrolled, 'NOT_ENROLLED', { class: title }));

/** Takes a class and today's date. Gives whether its hours can be confirmed: they must have been held. */
export const judgeClose = (title: string, endsOn: LegalDate, today: LegalDate): Verdict<'CLASS_NOT_OVER'> =>
  judge(unless(endsOn <= today, 'CLASS_NOT_OVER', { class: title, endsOn }));
