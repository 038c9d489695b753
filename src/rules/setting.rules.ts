import type { LegalDate } from './calendar.js';
import { judge, unless, type Verdict } from './verdict.js';

/** What a setting may be changed to, from when, and who has to agree. domain.md section 3. */

export type SettingRefusal =
  'SETTING_OUT_OF_RANGE' | 'SETTING_NOT_A_CHOICE' | 'SETTING_BACKDATED' | 'SETTING_OWN_PROPOSAL';

/** Smallest and greatest number; keys that are not named take any number that is not negative. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  // 行政处罚法 42: the law's floor of two officers is never lowered.
  'act.minimumOfficers': [2, 20],
  'auth.classes': [1, 4],
  'auth.history': [0, 24],
  'auth.idleMinutes': [1, 720],
  'auth.lockMinutes': [1, 1440],
  'auth.maxAgeDays': [1, 3650],
  'auth.maxFailures': [1, 100],
  'auth.minLength': [8, 64],
  'cert.validYears': [1, 20],
  'clock.amberPct': [1, 100],
  'delegation.maxYears': [1, 20],
  'delegation.minOfficers': [2, 100],
  'delegation.superviseEveryMonths': [1, 60],
  'exam.passMark': [0, 100],
  'exam.passValidYears': [1, 50],
  // Files of 100,000 data rows must pass.
  'import.maxRows': [100_000, 10_000_000],
  'hours.annual': [0, 1000],
  'hours.maxPerDay': [1, 24],
  'hours.onlineSharePct': [0, 100],
  'suspend.maxDays': [1, 3650],
};

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'auth.profile': ['MLPS', 'NIST'],
  'auth.secondFactor': ['none', 'adminsAndApprovers', 'all'],
  'cert.numberMode': ['BACKFILL', 'ALLOCATED'],
  'review.hoursGate': ['WARN', 'BLOCK'],
  'signing.algorithm': ['Ed25519', 'SM2'],
  'exam.order': ['ANY', 'COMMON_FIRST', 'SPECIAL_FIRST'],
};

const THRESHOLD_KEYS: readonly string[] = ['exam.passMark', 'exam.passValidYears'];
const THRESHOLD_GROUPS: readonly string[] = [
  'act.',
  'cert.',
  'hours.',
  'review.',
  'delegation.',
  'disqualify.',
  'bar.',
  'eligibility.',
  'person.',
  'suspend.',
];

/** Takes a key. Gives whether it moves a legal threshold, so that a second person has to approve a new value. */
export const movesLegalThreshold = (key: string): boolean =>
  THRESHOLD_KEYS.includes(key) || THRESHOLD_GROUPS.some((group) => key.startsWith(group));

type Kind = 'number' | 'text' | 'switch' | 'list' | 'object' | 'nothing';

function kindOf(value: unknown): Kind | null {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? 'number' : null;
    case 'string':
      return 'text';
    case 'boolean':
      return 'switch';
    case 'object':
      return 'object';
    default:
      return null;
  }
}

const WORKING_DAYS = /^\d{1,3}wd$/;

/**
 * Takes the value that holds and the one to come. Gives whether the new one is of the same kind: where nothing is set yet anything
 * readable is, and a text that writes a form (working days, a date) keeps its form.
 */
export function isSameKind(current: unknown, next: unknown): boolean {
  const [was, is] = [kindOf(current), kindOf(next)];
  if (is === null) return false;
  if (was === 'nothing' || was === null) return true;
  if (was !== is) return false;
  if (typeof current === 'string' && WORKING_DAYS.test(current))
    return typeof next === 'string' && WORKING_DAYS.test(next);
  if (typeof current === 'number' && Number.isInteger(current)) return Number.isSafeInteger(next);
  if (Array.isArray(current) && Array.isArray(next) && current.length > 0) {
    const item = kindOf(current[0]);
    return next.every((entry) => kindOf(entry) === item);
  }
  return true;
}

/** Takes a key and a value of the right kind. Gives whether the value lies within what is allowed. */
export function judgeSetting(key: string, value: unknown): Verdict<'SETTING_OUT_OF_RANGE' | 'SETTING_NOT_A_CHOICE'> {
  const [least, greatest] = RANGES[key] ?? [0, Number.MAX_SAFE_INTEGER];
  const choices = CHOICES[key];
  return judge<'SETTING_OUT_OF_RANGE' | 'SETTING_NOT_A_CHOICE'>(
    unless(typeof value !== 'number' || (value >= least && value <= greatest), 'SETTING_OUT_OF_RANGE', {
      key,
      least,
      greatest,
    }),
    unless(choices === undefined || choices.includes(String(value)), 'SETTING_NOT_A_CHOICE', {
      key,
      choices: choices?.join(', ') ?? null,
    }),
  );
}

/** Takes the first day of a new value. Gives whether it can begin there: what has been in force is never changed. */
export const judgeSettingDate = (effectiveFrom: LegalDate, today: LegalDate): Verdict<'SETTING_BACKDATED'> =>
  judge(unless(effectiveFrom >= today, 'SETTING_BACKDATED', { effectiveFrom, today }));

/** Takes who decides on a proposal and who made it. Gives whether he may. */
export const judgeProposalDecision = (actorId: string, proposerId: string | null): Verdict<'SETTING_OWN_PROPOSAL'> =>
  judge(unless(actorId !== proposerId, 'SETTING_OWN_PROPOSAL'));
