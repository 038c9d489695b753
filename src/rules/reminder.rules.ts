import { daysBetween, type LegalDate } from './calendar.js';
import type { ClockColour } from './working-days.js';

/** When somebody is reminded, and who. BR-69, BR-59, BR-78. */

export type ReminderLevel = 1 | 2 | 3;

export interface ReminderStage {
  readonly stage: string;
  readonly level: ReminderLevel;
}

/** A clock that runs, and nobody need be told yet. */
export const NOT_YET = { stage: null, level: 1 } as const;

/**
 * Takes a last day, today and the days before it on which somebody is reminded. Gives the stage that holds now: the smallest of the days that
 * are not yet passed, so that what was missed while the system stood still is told once and not four times. Null: too early, or over.
 * The two last stages go higher up: the last but one to the clerk, the last to the head and the supervisors.
 */
export function expiryStage(lastDay: LegalDate, today: LegalDate, days: readonly number[]): ReminderStage | null {
  const left = daysBetween(today, lastDay);
  if (left < 0) return null;
  const sorted = [...new Set(days)].filter((day) => Number.isInteger(day) && day >= 0).sort((a, b) => a - b);
  const place = sorted.findIndex((day) => left <= day);
  const day = sorted[place];
  if (day === undefined) return null;
  return { stage: String(day), level: place === 0 ? 3 : place === 1 ? 2 : 1 };
}

/** Takes the days of a clock and today. Gives AMBER from the amber day on, RED after the last day; null before. */
export function clockStage(amberOn: LegalDate, lastDay: LegalDate, today: LegalDate): ReminderStage | null {
  if (today > lastDay) return { stage: 'RED', level: 3 };
  return today >= amberOn ? { stage: 'AMBER', level: 1 } : null;
}

/** Takes the colour of a clock of working days. Gives its stage; green need not be told. */
export const stageOfColour = (colour: ClockColour): ReminderStage | typeof NOT_YET =>
  colour === 'RED' ? { stage: 'RED', level: 3 } : colour === 'AMBER' ? { stage: 'AMBER', level: 1 } : NOT_YET;
