import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db, marks } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import { explain } from '../rules/refusal-texts.js';
import type { Reason } from '../rules/verdict.js';
import { EligibilityQueries } from './eligibility.queries.js';
import { examReleased } from './exam-problems.js';
import type { RegistrationOutcomeView, RegistrationOutcomesView } from './exam.view.js';
import type { ExamRow } from './exam.rows.js';
import { ExamsQueries } from './exams.queries.js';
import { ExamEntries } from './exam-entries.js';

/** MariaDB makes a subquery of a list of 1,000 constants or more. */
const CHUNK = 500;
const LAST_SERIAL = 999_999;

interface Entry {
  readonly officerId: string;
  readonly paperIds: readonly string[];
}

/** Enters candidates for an exam, up to 100,000 at once: each is registered or refused by itself (BR-40). */
@Injectable()
export class RegisterCandidates {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly exams: ExamsQueries,
    private readonly eligibility: EligibilityQueries,
    private readonly entries: ExamEntries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409 EXAM_RELEASED */
  execute(actor: Actor, examId: string, officerIds: readonly string[]): Promise<RegistrationOutcomesView> {
    return this.uow.run(async () => {
      const exam = await this.exams.lock(actor, examId);
      if (exam.status !== 'OPEN') throw examReleased(exam.status);
      const now = await this.clock.now();
      const outcomes = await this.decide(actor, exam, [...new Set(officerIds)], now);
      const entries = [...outcomes.values()].filter((outcome): outcome is Entry => 'paperIds' in outcome);
      const numbers = await this.enter(actor, exam, entries, now);
      this.audit.record(
        actor,
        'exam.register',
        { type: 'exam', id: examId },
        { after: { asked: outcomes.size, registered: entries.length } },
      );
      return {
        items: officerIds.map((officerId) => {
          const outcome = outcomes.get(officerId);
          if (outcome && !('paperIds' in outcome)) return outcome;
          return registered(officerId, numbers.get(officerId) ?? '');
        }),
      };
    });
  }

  /** By officer: the papers of who may be entered, else the answer. */
  private async decide(
    actor: Actor,
    exam: ExamRow,
    officerIds: readonly string[],
    now: number,
  ): Promise<Map<string, Entry | RegistrationOutcomeView>> {
    const judged = await this.entries.prepare(exam, await this.exams.papers([exam.id]), now);
    const outcomes = new Map<string, Entry | RegistrationOutcomeView>();
    for (let start = 0; start < officerIds.length; start += CHUNK) {
      const part = officerIds.slice(start, start + CHUNK);
      const people = await this.eligibility.of(part, { at: now, within: actor.homeSubjectPath });
      const numbers = await this.numbersOf(exam.id, part);
      const asking = [...people.values()].filter(({ officerId }) => !numbers.has(officerId));
      const rulings = await this.entries.judge(judged, asking);
      for (const id of part) {
        const admissionNo = people.has(id) ? numbers.get(id) : undefined;
        const ruling = rulings.get(id);
        if (admissionNo !== undefined) outcomes.set(id, registered(id, admissionNo));
        else if (!ruling) outcomes.set(id, refused(id, [{ code: 'OFFICER_UNKNOWN', facts: {} }]));
        else if (!ruling.verdict.allowed) outcomes.set(id, refused(id, ruling.verdict.reasons));
        else outcomes.set(id, { officerId: id, paperIds: ruling.papers.map((paper) => paper.id) });
      }
    }
    return outcomes;
  }

  private async numbersOf(examId: string, officerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.db.rows<{ officer_id: string; admission_no: string }>(
      `SELECT officer_id, admission_no FROM exam_registrations WHERE exam_id = ? AND officer_id IN (${marks(officerIds)})`,
      [examId, ...officerIds],
    );
    return new Map(rows.map(({ officer_id, admission_no }) => [officer_id, admission_no]));
  }

  /** Numbers the candidates in the order asked and gives the numbers by officer. */
  private async enter(
    actor: Actor,
    exam: ExamRow,
    entries: readonly Entry[],
    now: number,
  ): Promise<ReadonlyMap<string, string>> {
    if (entries.length === 0) return new Map();
    const next = exam.next_serial + entries.length;
    if (next - 1 > LAST_SERIAL) {
      throw new Problem('conflict', 'ADMISSION_NUMBERS_EXHAUSTED', 'An exam has 999,999 admission numbers at most.');
    }
    const rows = entries.map(({ officerId, paperIds }, index) => ({
      id: newId(),
      officerId,
      paperIds,
      admissionNo: admissionNumber(exam, exam.next_serial + index),
    }));
    // The foreign key takes a shared lock on each officer: in ascending id, as everywhere.
    const ascending = [...rows].sort((a, b) => (a.officerId < b.officerId ? -1 : 1));
    await this.db.insert(
      'exam_registrations',
      ascending.map(({ id, officerId, admissionNo }) => ({
        id,
        exam_id: exam.id,
        officer_id: officerId,
        admission_no: admissionNo,
        registered_at: new Date(now),
        registered_by: actor.accountId,
      })),
    );
    await this.db.insert(
      'exam_registration_papers',
      rows.flatMap(({ id, paperIds }) => paperIds.map((paperId) => ({ registration_id: id, paper_id: paperId }))),
    );
    await this.db.execute('UPDATE exams SET next_serial = ?, version = version + 1 WHERE id = ?', [next, exam.id]);
    return new Map(rows.map(({ officerId, admissionNo }) => [officerId, admissionNo]));
  }
}

/**
 * Year, number of the exam, serial: 13 digits. From the thousandth exam on it is one digit longer and still unique, because the
 * serial always has six.
 */
const admissionNumber = ({ held_on, exam_no }: ExamRow, serial: number): string =>
  held_on.slice(0, 4) + String(exam_no).padStart(3, '0') + String(serial).padStart(6, '0');

const registered = (officerId: string, admissionNo: string): RegistrationOutcomeView => ({
  officerId,
  status: 'REGISTERED',
  admissionNo,
  reasons: [],
});

const refused = (officerId: string, reasons: readonly Reason[]): RegistrationOutcomeView => ({
  officerId,
  status: 'REFUSED',
  reasons: reasons.map((reason) => ({ ...explain(reason) })),
});
