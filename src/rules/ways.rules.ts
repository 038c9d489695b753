import { yearOf, type LegalDate } from './calendar.js';
import type { ExamSubject } from './exam-pass.rules.js';
import type { ApplicantCode } from './issuance.rules.js';
import { WAY_TEXTS } from './texts/ways.texts.js';
import type { Reason } from './verdict.js';

/** The shortest way to meet a condition: which training classes and which exams help. BR-34, 36, 41, 42, 53, 69. */

/** A class helps if it is all of this. */
export interface ClassWanted {
  readonly kind: 'TRAINING_CLASS';
  readonly types: readonly string[];
  /** Null: either. */
  readonly subject: ExamSubject | null;
  /** Special law of these domains only. */
  readonly domains: readonly string[];
  /** It ends between these days; null: whenever. */
  readonly ends: { readonly from: LegalDate; readonly to: LegalDate } | null;
}

/** An exam helps if the officer sits this paper in it. */
export interface ExamWanted {
  readonly kind: 'EXAM';
  readonly subject: ExamSubject;
  readonly domain: string | null;
}

export type Wanted = ClassWanted | ExamWanted;

export interface ClassOffered {
  readonly type: string;
  readonly subject: ExamSubject;
  readonly domain: string | null;
  readonly endsOn: LegalDate;
}

/** At most so many are named for one condition: the nearest. */
export const WAYS_NAMED = 3;

/** What people in post attend; classes before the post and those of an order are something else. */
const IN_POST = ['ROTATION', 'RENEWAL', 'THEMATIC'];

/** Takes a condition that is not met, the domains applied for, and the day. Gives what would meet it; null where no class or exam does. */
export function wantedFor(
  { code, facts }: { readonly code: ApplicantCode; readonly facts: Reason['facts'] },
  domains: readonly string[],
  on: LegalDate,
): Wanted | null {
  const domain = typeof facts['domain'] === 'string' ? facts['domain'] : null;
  const before = { kind: 'TRAINING_CLASS', types: ['PRE_POST'], ends: null } as const;
  switch (code) {
    case 'TRAINING_COMMON_LAW_MISSING':
      return { ...before, subject: 'COMMON_LAW', domains: [] };
    case 'TRAINING_SPECIAL_LAW_MISSING':
      return domain === null ? null : { ...before, subject: 'SPECIAL_LAW', domains: [domain] };
    case 'TRAINING_HOURS_SHORT':
      return { ...before, subject: null, domains };
    case 'HOURS_SHORT': {
      // Hours of last year come only from classes of that year that are not closed yet; those of this year count from January on.
      const ends = { from: `${yearOf(on) - 1}-01-01`, to: `${yearOf(on)}-12-31` };
      return { kind: 'TRAINING_CLASS', types: IN_POST, subject: null, domains, ends };
    }
    case 'EXAM_COMMON_LAW_NOT_PASSED':
      return { kind: 'EXAM', subject: 'COMMON_LAW', domain: null };
    case 'EXAM_SPECIAL_LAW_NOT_PASSED':
      return { kind: 'EXAM', subject: 'SPECIAL_LAW', domain };
    case 'EXAM_PASS_TOO_OLD':
    case 'RENEWAL_TEST_NOT_PASSED':
      return { kind: 'EXAM', subject: facts['examSubject'] === 'SPECIAL_LAW' ? 'SPECIAL_LAW' : 'COMMON_LAW', domain };
    default:
      return null;
  }
}

/** Takes a class and what is wanted. Gives whether its hours help. */
export const helps = (offered: ClassOffered, wanted: ClassWanted): boolean =>
  wanted.types.includes(offered.type) &&
  (wanted.subject === null || wanted.subject === offered.subject) &&
  (offered.subject === 'COMMON_LAW' || (offered.domain !== null && wanted.domains.includes(offered.domain))) &&
  (wanted.ends === null || (wanted.ends.from <= offered.endsOn && offered.endsOn <= wanted.ends.to));

export type WaySentence = keyof typeof WAY_TEXTS;

/** Takes a class or exam with its facts. Gives what there is to do, in both languages. */
export const sayWay = (code: WaySentence, facts: Reason['facts']): { readonly zh: string; readonly en: string } => ({
  zh: WAY_TEXTS[code].zh(facts),
  en: WAY_TEXTS[code].en(facts),
});
