import type { View } from '../../../shared/api/client';
import { addDays, dateTimeText, today } from '../../../shared/lib/dates';

/** Somebody in the team, as far as this page knows him. */
export interface Person {
  readonly officerId: string;
  readonly name: string;
}

/** What is asked. Times are those of China without saying so: 2026-11-23T08:00 */
export interface Question {
  readonly subjectId: string | undefined;
  readonly matterCode: string | undefined;
  readonly division: string;
  readonly from: string;
  readonly to: string;
}

export const fieldTime = (instant: number): string => dateTimeText(instant).replace(' ', 'T');
export const instantOfField = (value: string): string => `${value.slice(0, 16)}:00+08:00`;

export const SPANS = {
  nowHours: (): readonly [string, string] => [fieldTime(Date.now()), fieldTime(Date.now() + 4 * 3_600_000)],
  todayDay: (): readonly [string, string] => [`${today()}T08:00`, `${today()}T18:00`],
  tomorrowDay: (): readonly [string, string] => [`${addDays(today(), 1)}T08:00`, `${addDays(today(), 1)}T18:00`],
} as const;

export const isDivision = (text: string): boolean => /^\d{6}(\d{3}){0,2}$/.test(text);

export const isComplete = (
  question: Question,
): question is Question & { readonly subjectId: string; readonly matterCode: string } =>
  question.subjectId !== undefined &&
  question.matterCode !== undefined &&
  (question.division === '' || isDivision(question.division)) &&
  question.from !== '' &&
  question.to !== '' &&
  question.from < question.to;

/** The body of a check or a deployment. */
export const asked = (
  question: Question & { readonly subjectId: string; readonly matterCode: string },
  people: readonly Person[],
): Omit<View<'CreateDeploymentDto'>, 'title'> => ({
  subjectId: question.subjectId,
  matterCode: question.matterCode,
  ...(question.division === '' ? {} : { divisionCode: question.division }),
  from: instantOfField(question.from),
  to: instantOfField(question.to),
  members: people.map(({ officerId }) => ({ officerId })),
});
