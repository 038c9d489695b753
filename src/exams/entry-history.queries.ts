import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { RoundFacts } from '../rules/exam-entry.rules.js';
import type { ExamSubject } from '../rules/exam-pass.rules.js';
import { PassesQueries } from './passes.queries.js';

interface ResultRow {
  readonly officer_id: string;
  readonly subject: ExamSubject;
  readonly domain: string;
  readonly outcome: string;
  readonly passed: number;
}

/** What candidates did before: domains passed, and their results in a round, which is its first exam and the resits of it (BR-50). */
@Injectable()
export class EntryHistory {
  constructor(
    private readonly db: Db,
    private readonly passes: PassesQueries,
  ) {}

  /** Domains whose special law was passed, by officer. */
  async passedDomains(officerIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const passes = await this.passes.of(officerIds);
    return new Map(
      [...passes].map(([id, all]) => [id, all.flatMap(({ domain }) => (domain === null ? [] : [domain]))]),
    );
  }

  /** By officer; who took no part in the round is not in it. At most a few hundred officers at once. */
  async round(firstExamId: string, officerIds: readonly string[]): Promise<ReadonlyMap<string, RoundFacts>> {
    const results = await this.db.rows<ResultRow>(
      `SELECT x.officer_id, p.subject, p.domain, x.outcome, x.passed
       FROM exam_results x JOIN exams e ON e.id = x.exam_id JOIN exam_papers p ON p.id = x.paper_id
       WHERE x.officer_id IN (${marks(officerIds)}) AND (e.id = ? OR e.resit_of = ?) AND e.status = 'RELEASED'`,
      [...officerIds, firstExamId, firstExamId],
    );
    const resits = await this.db.rows<{ officer_id: string; resits: string | number }>(
      `SELECT r.officer_id, COUNT(*) AS resits FROM exam_registrations r JOIN exams e ON e.id = r.exam_id
       WHERE r.officer_id IN (${marks(officerIds)}) AND e.resit_of = ? GROUP BY r.officer_id`,
      [...officerIds, firstExamId],
    );
    const taken = new Map(resits.map(({ officer_id, resits: count }) => [officer_id, Number(count)]));
    const rounds = new Map<string, RoundFacts>();
    for (const { officer_id, subject, domain, outcome, passed } of results) {
      const result = {
        subject,
        domain: domain === '' ? null : domain,
        scored: outcome === 'SCORED',
        passed: passed === 1,
      };
      rounds.set(officer_id, {
        results: [...(rounds.get(officer_id)?.results ?? []), result],
        resits: taken.get(officer_id) ?? 0,
      });
    }
    return rounds;
  }
}
