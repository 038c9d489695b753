import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { Problem, type InputError } from '../kernel/problem.js';
import { examLifecycle } from '../rules/exam.lifecycle.js';
import type { CreateExamDto, PaperDto } from './exam.dto.js';
import type { ExamDetailView } from './exam.view.js';
import { ExamsQueries } from './exams.queries.js';

/** Announces an exam with its papers: common law, and special law domain by domain (BR-41, BR-42), or a resit of some (BR-50). */
@Injectable()
export class CreateExam {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly exams: ExamsQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 when the papers do not fit together; 404 or 409 for the exam that this one repeats */
  execute(actor: Actor, given: CreateExamDto): Promise<ExamDetailView> {
    return this.uow.run(async () => {
      const now = await this.clock.now();
      const dictionary = await this.settings.dictionary(given.heldOn, 'domains');
      const errors = paperErrors(given.papers, new Set(dictionary.map(({ code }) => code)));
      if (errors.length > 0) throw inputInvalid(errors);
      if (given.resitOf !== undefined) await this.repeats(actor, given.resitOf, given);
      const usualMark = await this.settings.number(given.heldOn, 'exam.passMark');
      const id = newId();
      await this.db.insert('exams', {
        id,
        title: given.title,
        held_on: given.heldOn,
        status: examLifecycle.initial,
        owner_subject_id: actor.homeSubjectId,
        resit_of: given.resitOf ?? null,
        created_at: new Date(now),
        created_by: actor.accountId,
      });
      await this.db.insert(
        'exam_papers',
        given.papers.map(({ subject, domain, passMark }) => ({
          id: newId(),
          exam_id: id,
          subject,
          domain: domain ?? '',
          pass_mark: passMark ?? usualMark,
        })),
      );
      this.audit.record(actor, 'exam.create', { type: 'exam', id }, { after: { ...given } });
      return this.exams.read(actor, id);
    });
  }

  /** A resit repeats papers of the first exam of its round, after that one's results are out. */
  private async repeats(actor: Actor, firstId: string, given: CreateExamDto): Promise<void> {
    const first = await this.exams.lock(actor, firstId);
    if (first.resit_of !== null) {
      const detail = 'A resit belongs to the first exam of its round: give that one as resitOf.';
      throw new Problem('conflict', 'RESIT_OF_A_RESIT', detail, { extensions: { resitOf: first.resit_of } });
    }
    if (first.status !== 'RELEASED') {
      const detail = 'Release the results of the first exam before its resit is announced.';
      throw new Problem('conflict', 'EXAM_NOT_RELEASED', detail, { extensions: { state: first.status } });
    }
    const papers = new Set((await this.exams.papers([firstId])).map(({ subject, domain }) => `${subject} ${domain}`));
    const errors = given.papers.flatMap(({ subject, domain }, index): InputError[] =>
      papers.has(`${subject} ${domain ?? ''}`)
        ? []
        : [{ pointer: `/papers/${index}`, code: 'PAPER_NOT_IN_ROUND', detail: 'the first exam had no such paper' }],
    );
    if (given.heldOn <= first.held_on) {
      errors.push({ pointer: '/heldOn', code: 'RESIT_TOO_EARLY', detail: 'a resit is held after the first exam' });
    }
    if (errors.length > 0) throw inputInvalid(errors);
  }
}

function paperErrors(papers: readonly PaperDto[], domains: ReadonlySet<string>): InputError[] {
  const seen = new Set<string>();
  return papers.flatMap(({ subject, domain }, index) => {
    const at = (code: string, detail: string): InputError[] => [{ pointer: `/papers/${index}/domain`, code, detail }];
    const paper = `${subject} ${domain ?? ''}`;
    const again = seen.has(paper);
    seen.add(paper);
    if (subject === 'COMMON_LAW' && domain !== undefined) {
      return at('DOMAIN_NOT_ALLOWED', 'common law has no domain; leave it out');
    }
    if (subject === 'SPECIAL_LAW' && domain === undefined) return at('DOMAIN_MISSING', 'special law needs a domain');
    if (domain !== undefined && !domains.has(domain)) {
      return at('DOMAIN_UNKNOWN', 'domain must be a code of GET /dictionaries/domains');
    }
    if (again) return [{ pointer: `/papers/${index}`, code: 'PAPER_TWICE', detail: 'the same paper stands earlier' }];
    return [];
  });
}
