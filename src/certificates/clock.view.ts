import type { ClockColour, ClockReading } from '../rules/working-days.js';

/** A deadline in working days: how far it is (amber from clock.amberPct on, red when the last day has passed). */
export class ClockView {
  /** What the clock runs for. */
  level: string;
  startedOn: string;
  dueOn: string;
  workingDaysAllowed: number;
  workingDaysUsed: number;
  clock: ClockColour;
  /** The day on which it stopped; null while it runs. */
  stoppedOn: string | null;
  /** False: a year that it counts has no holidays entered yet, so that weekends only are left out. */
  calendarKnown: boolean;
}

export const clockView = (level: string, reading: ClockReading, stoppedOn: string | null): ClockView => ({
  level,
  startedOn: reading.startedOn,
  dueOn: reading.dueOn,
  workingDaysAllowed: reading.allowed,
  workingDaysUsed: reading.used,
  clock: reading.colour,
  stoppedOn,
  calendarKnown: reading.isCalendarKnown,
});
