import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import type { InputError } from '../kernel/problem.js';
import { examLifecycle } from '../rules/exam.lifecycle.js';
import type { CreateExamDto, PaperDto } from './exam.dto.js';
import type { ExamDetailView } from './exam.view.js';
import { ExamsQueries } from './exams.queries.js';

/** Announces an exam with its papers: common law, and special law domain by domain (BR-41, BR-42). */
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

  /** @throws Problem 400 when the papers do not fit together */
  execute(actor: Actor, given: CreateExamDto): Promise<ExamDetailView> {
    return this.uow.run(async () => {
      const now = await this.clock.now();
      const dictionary = await this.settings.dictionary(given.heldOn, 'domains');
      const errors = paperErrors(given.papers, new Set(dictionary.map(({ code }) => code)));
      if (errors.length > 0) throw inputInvalid(errors);
      const usualMark = await this.settings.number(given.heldOn, 'exam.passMark');
      const id = newId();
      await this.db.insert('exams', {
        id,
        title: given.title,
        held_on: given.heldOn,
        status: examLifecycle.initial,
        owner_subject_id: actor.homeSubjectId,
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
