import { ACT_TYPES, type ActType, type DutyFacts, type DutyRequest, type DutySettings } from './duty-facts.js';

/** What every condition of one request reads. An act type or a domain that cannot be read is null and never passes. */
export interface DutyContext {
  readonly subjectId: string;
  readonly matterCode: string;
  readonly actType: ActType | null;
  readonly domain: string | null;
  readonly division: string | null;
  readonly from: number;
  readonly to: number;
  readonly settings: DutySettings;
}

/** Takes facts and request. Gives the context; facts about another matter than the one asked for count as unreadable. */
export function contextOf({ matter, settings }: DutyFacts, request: DutyRequest): DutyContext {
  const same = matter.code === request.matterCode;
  return {
    subjectId: request.subjectId,
    matterCode: request.matterCode,
    actType: same && ACT_TYPES.includes(matter.actType) ? matter.actType : null,
    domain: same && typeof matter.domain === 'string' && matter.domain !== '' ? matter.domain : null,
    division: request.divisionCode,
    from: request.from,
    to: request.to,
    settings,
  };
}

/** How long before an end people are warned: the 90 days that the design of the duty decision names for its warnings. */
export const WARN_DAYS = 90;

/** Texts by code unit, the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Takes a list of facts. Gives it, or nothing where it cannot be read; conditions that take a right away must not use this alone. */
export const listOf = <T>(list: readonly T[] | null | undefined): readonly T[] =>
  Array.isArray(list) ? (list as readonly T[]) : [];
