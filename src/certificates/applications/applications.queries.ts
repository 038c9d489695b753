import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db } from '../../infrastructure/database/db.js';
import { stepAwaited, type ApplicationState } from '../../rules/application.lifecycle.js';
import type {
  ApplicationDetailView,
  ApplicationPage,
  ApplicationStepView,
  ApplicationView,
} from './application.view.js';
import type { ApplicationListQuery } from './applications.dto.js';

interface ApplicationRow {
  readonly id: string;
  readonly application_no: string;
  readonly type: string;
  readonly certificate_type: string;
  readonly officer_id: string;
  readonly officer_name: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly domains_json: string;
  readonly state: ApplicationState;
  readonly previous_certificate_id: string | null;
  readonly submitted_at: Date;
  readonly version: number;
}

const SELECT = `SELECT a.id, a.application_no, a.type, a.certificate_type, a.officer_id, o.name AS officer_name, a.subject_id,
  s.name AS subject_name, a.domains_json, a.state, a.previous_certificate_id, a.submitted_at, a.version`;
const FROM = `FROM certificate_applications a JOIN officers o ON o.id = a.officer_id JOIN subjects s ON s.id = a.subject_id`;

@Injectable()
export class ApplicationQueries {
  constructor(private readonly db: Db) {}

  async list(actor: Actor, query: ApplicationListQuery): Promise<ApplicationPage> {
    const where = ['s.path LIKE ?', 'a.id > ?'];
    const parameters: (string | number)[] = [below(actor.homeSubjectPath), query.after()];
    const filters = [
      ['a.state', query.state],
      ['a.officer_id', query.officerId],
      ['a.subject_id', query.subjectId],
    ] as const;
    for (const [column, value] of filters) {
      if (value === undefined) continue;
      where.push(`${column} = ?`);
      parameters.push(value);
    }
    const rows = await this.db.rows<ApplicationRow>(
      `${SELECT} ${FROM} WHERE ${where.join(' AND ')} ORDER BY a.id LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    return pageOf(rows, query.limit, viewOf);
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<ApplicationDetailView> {
    const row = await this.db.row<ApplicationRow & { facts_json: string }>(
      `${SELECT}, a.facts_json ${FROM} WHERE a.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('application');
    const { facts = {}, settings = {} } = JSON.parse(row.facts_json) as Partial<
      Record<'facts' | 'settings', Record<string, unknown>>
    >;
    return { ...viewOf(row), steps: await this.steps(id), facts, settings };
  }

  private async steps(id: string): Promise<ApplicationStepView[]> {
    const rows = await this.db.rows<{
      step: string;
      decision: string;
      opinion: string;
      display_name: string | null;
      decided_at: Date;
    }>(
      `SELECT t.step, t.decision, t.opinion, p.display_name, t.decided_at
       FROM certificate_application_steps t LEFT JOIN accounts p ON p.id = t.actor_id
       WHERE t.application_id = ? ORDER BY t.decided_at, t.id`,
      [id],
    );
    return rows.map(({ step, decision, opinion, display_name, decided_at }) => ({
      step,
      decision,
      opinion,
      actorName: display_name ?? '',
      decidedAt: decided_at.toISOString(),
    }));
  }
}

const viewOf = (row: ApplicationRow): ApplicationView => ({
  id: row.id,
  applicationNo: row.application_no,
  type: row.type,
  certificateType: row.certificate_type,
  officerId: row.officer_id,
  officerName: row.officer_name,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  domains: JSON.parse(row.domains_json) as string[],
  state: row.state,
  step: stepAwaited(row.state),
  previousCertificateId: row.previous_certificate_id,
  submittedAt: row.submitted_at.toISOString(),
  version: row.version,
});
