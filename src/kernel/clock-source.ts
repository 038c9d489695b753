import type { LegalDate } from '../rules/calendar.js';
import type { ReminderLevel } from '../rules/reminder.rules.js';
import type { NoticeKind } from '../rules/texts/notice.texts.js';
import type { Role } from './permissions.js';

/** Sources of reminders; each is also a kind of line in the inbox. */
export const REMINDER_SOURCES = [
  'certificate.expiry',
  'application.clock',
  'card-case.due',
  'annual-review.due',
  'publication.due',
] as const satisfies readonly NoticeKind[];
export type ReminderSource = (typeof REMINDER_SOURCES)[number];

/** Who is told at each level, where a clock names nobody else: of each role those whose body stands nearest above. */
export const ESCALATION: Readonly<Record<ReminderLevel, readonly Role[]>> = {
  1: ['HR'],
  2: ['HR', 'REVIEWER'],
  3: ['HR', 'REVIEWER', 'APPROVER', 'SUPERVISOR'],
};

/** Something whose time runs. */
export interface RunningClock {
  /** Of the thing that the reminder opens. */
  readonly targetId: string;
  readonly subjectId: string;
  readonly officerId: string | null;
  readonly deadline: LegalDate;
  /** Each stage of one deadline is told once: '180', '30', 'AMBER', 'RED', …; null: it runs, and nobody need be told yet. */
  readonly stage: string | null;
  readonly level: ReminderLevel;
  /** Instead of those of the level. */
  readonly roles?: readonly Role[];
}

/** A room that has clocks marks a provider `@RunsClocks()`; the room `notices` finds it and reminds. */
export interface ClockSource {
  readonly source: ReminderSource;
  /** What targetId names, e.g. 'certificate'. */
  readonly targetType: string;
  /** The officer's own account is told too. */
  readonly tellsOfficer: boolean;
  /**
   * The clocks that run, ascending by targetId, after the given one and at most `limit`; fewer end it. One that is no longer given
   * (the card came back) closes its reminders.
   */
  running(after: string, limit: number, now: number): Promise<readonly RunningClock[]>;
}
