import { condition, verdictOf, type Condition } from './conditions.js';
import {
  eligibilityConditions,
  type EligibilityCode,
  type EligibilityFacts,
  type EligibilitySettings,
} from './eligibility.rules.js';
import type { ExamState } from './exam.lifecycle.js';
import type { ExamSubject } from './exam-pass.rules.js';
import type { Verdict } from './verdict.js';

/** Who may be registered for an exam: only persons who could hold a certificate. BR-40, BR-43, BR-50. */
export type ExamEntryCode =
  | EligibilityCode
  | 'EXAM_NOT_OPEN'
  | 'ALREADY_REGISTERED'
  | 'NO_PAPER_FOR_OFFICER'
  | 'SPECIAL_LAW_FIRST'
  | 'NOTHING_TO_RESIT'
  | 'RESITS_USED_UP';

export interface ExamPaperFact {
  readonly id: string;
  readonly subject: ExamSubject;
  readonly domain: string | null;
}

/** What an officer did in the round before: BR-50. */
export interface RoundFacts {
  /** Released results of the first exam and its resits, in any order; only those with a score fail. */
  readonly results: readonly {
    readonly subject: ExamSubject;
    readonly domain: string | null;
    readonly scored: boolean;
    readonly passed: boolean;
  }[];
  /** Resits of the round that the officer is registered for, this one left out. */
  readonly resits: number;
}

export interface ExamEntryFacts extends EligibilityFacts {
  readonly exam: { readonly title: string; readonly state: ExamState; readonly papers: readonly ExamPaperFact[] };
  readonly isRegistered: boolean;
  /** The officer's domains. */
  readonly domains: readonly string[];
  /** Domains whose special-law pass the officer holds. */
  readonly passedDomains: readonly string[];
  /** Given when the exam is a resit, else null. */
  readonly round: RoundFacts | null;
}

export interface ExamEntrySettings extends EligibilitySettings {
  /** `exam.order` */
  readonly order: 'ANY' | 'SPECIAL_FIRST';
  /** `exam.resitMax`: resits in one round. */
  readonly resitMax: number;
}

/** Takes an exam and an officer's domains. Gives the papers the officer sits: common law, and the special law of these domains. */
export const papersFor = (papers: readonly ExamPaperFact[], domains: readonly string[]): readonly ExamPaperFact[] =>
  papers.filter(({ subject, domain }) => subject === 'COMMON_LAW' || (domain !== null && domains.includes(domain)));

/**
 * Takes an exam, an officer's domains and, for a resit, the round so far. Gives the papers the officer sits: in a resit only those
 * that were failed and not passed since. Who was absent or cheated has no score and so nothing to sit again. BR-49, BR-50.
 */
export function papersToSit(
  papers: readonly ExamPaperFact[],
  domains: readonly string[],
  round: RoundFacts | null,
): readonly ExamPaperFact[] {
  const offered = papersFor(papers, domains);
  if (round === null) return offered;
  return offered.filter((paper) => {
    const results = round.results.filter(({ subject, domain }) => subject === paper.subject && domain === paper.domain);
    return results.some(({ scored }) => scored) && results.every(({ passed }) => !passed);
  });
}

/** Takes a registration asked for. Gives whether it may be made, with every reason why not. */
export const decideExamEntry = (facts: ExamEntryFacts, settings: ExamEntrySettings): Verdict<ExamEntryCode> =>
  verdictOf(examEntryConditions(facts, settings));

function examEntryConditions(facts: ExamEntryFacts, settings: ExamEntrySettings): Condition<ExamEntryCode>[] {
  const { exam, domains, round } = facts;
  const papers = papersFor(exam.papers, domains);
  const missingFirst = papers.some(({ subject }) => subject === 'COMMON_LAW')
    ? domains.filter(
        (domain) => !facts.passedDomains.includes(domain) && !papers.some((paper) => paper.domain === domain),
      )
    : [];
  return [
    ...eligibilityConditions(facts, settings),
    condition(exam.state === 'OPEN', 'EXAM_NOT_OPEN', { exam: exam.title }),
    condition(!facts.isRegistered, 'ALREADY_REGISTERED', { exam: exam.title }),
    condition(papers.length > 0, 'NO_PAPER_FOR_OFFICER', { exam: exam.title, domains: domains.join(', ') }),
    condition(settings.order !== 'SPECIAL_FIRST' || missingFirst.length === 0, 'SPECIAL_LAW_FIRST', {
      domains: missingFirst.join(', '),
    }),
    condition(round === null || papersToSit(exam.papers, domains, round).length > 0, 'NOTHING_TO_RESIT', {
      exam: exam.title,
    }),
    condition(round === null || round.resits < settings.resitMax, 'RESITS_USED_UP', {
      resits: round?.resits ?? 0,
      most: settings.resitMax,
    }),
  ];
}
