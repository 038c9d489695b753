import { Injectable } from '@nestjs/common';
import { Settings } from '../infrastructure/settings/settings.js';
import {
  decideExamEntry,
  papersToSit,
  type ExamEntryCode,
  type ExamEntrySettings,
  type ExamPaperFact,
} from '../rules/exam-entry.rules.js';
import type { Verdict } from '../rules/verdict.js';
import { EligibilityQueries, type PersonFacts } from './eligibility.queries.js';
import { EntryHistory } from './entry-history.queries.js';
import type { ExamRow, PaperRow } from './exam.rows.js';

/** An exam as entries for it are judged. */
export interface ExamForEntry {
  readonly exam: Pick<ExamRow, 'id' | 'title' | 'held_on' | 'status' | 'resit_of'>;
  readonly papers: readonly ExamPaperFact[];
  readonly settings: ExamEntrySettings;
}

export interface EntryRuling {
  readonly verdict: Verdict<ExamEntryCode>;
  /** What the officer would sit. */
  readonly papers: readonly ExamPaperFact[];
}

const NOTHING_YET = { results: [], resits: 0 } as const;

/** Asks the law book who may enter for an exam (BR-40, 43, 50): the verb and the readiness page ask here. */
@Injectable()
export class ExamEntries {
  constructor(
    private readonly settings: Settings,
    private readonly eligibility: EligibilityQueries,
    private readonly history: EntryHistory,
  ) {}

  /** The exam with its papers and the settings of its day. */
  async prepare(exam: ExamForEntry['exam'], papers: readonly PaperRow[], now: number): Promise<ExamForEntry> {
    const isSpecialFirst = (await this.settings.text(exam.held_on, 'exam.order')) === 'SPECIAL_FIRST';
    return {
      exam,
      papers: papers.map(({ id, subject, domain }) => ({ id, subject, domain: domain === '' ? null : domain })),
      settings: {
        ...(await this.eligibility.settings(now)),
        order: isSpecialFirst ? 'SPECIAL_FIRST' : 'ANY',
        resitMax: await this.settings.number(exam.held_on, 'exam.resitMax'),
      },
    };
  }

  /** Takes people who are not registered yet, a few hundred at once. Gives by officer whether each may be. */
  async judge(
    { exam, papers, settings }: ExamForEntry,
    people: readonly PersonFacts[],
  ): Promise<ReadonlyMap<string, EntryRuling>> {
    const ids = people.map(({ officerId }) => officerId);
    const passes =
      settings.order === 'ANY' ? new Map<string, readonly string[]>() : await this.history.passedDomains(ids);
    const rounds = exam.resit_of === null ? null : await this.history.round(exam.resit_of, ids);
    return new Map(
      people.map((person) => {
        const round = rounds === null ? null : (rounds.get(person.officerId) ?? NOTHING_YET);
        const verdict = decideExamEntry(
          {
            ...person,
            exam: { title: exam.title, state: exam.status, papers },
            isRegistered: false,
            passedDomains: passes.get(person.officerId) ?? [],
            round,
          },
          settings,
        );
        return [person.officerId, { verdict, papers: papersToSit(papers, person.domains, round) }];
      }),
    );
  }
}
