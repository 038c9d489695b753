import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import { applicationVerbs, stepAwaited, type ApplicationState } from '../../rules/application.lifecycle.js';
import { ROLE_OF_STEP } from '../../rules/certificate-desk.rules.js';
import { decideLevel, type StepActor } from '../../rules/separation-of-duties.rules.js';
import type { ClockView } from '../clock.view.js';
import { groupBy, inParts } from '../collections.js';
import { ApplicationClocks } from './application-clocks.queries.js';
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
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly clocks: ApplicationClocks,
  ) {}

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
    const views = await this.views(actor, rows);
    return pageOf(rows, query.limit, ({ id }) => need(views, id));
  }

  /** What waits at these states within the scope, the oldest first. */
  async waiting(
    actor: Actor,
    state: ApplicationState,
    subjectId: string | undefined,
    limit: number,
  ): Promise<readonly ApplicationView[]> {
    const rows = await this.db.rows<ApplicationRow>(
      `${SELECT} ${FROM} WHERE s.path LIKE ? AND a.state = ? ${subjectId === undefined ? '' : 'AND a.subject_id = ?'} ORDER BY a.id LIMIT ?`,
      [below(actor.homeSubjectPath), state, ...(subjectId === undefined ? [] : [subjectId]), limit],
    );
    const views = await this.views(actor, rows);
    return rows.map(({ id }) => need(views, id));
  }

  private async views(actor: Actor, rows: readonly ApplicationRow[]): Promise<ReadonlyMap<string, ApplicationView>> {
    const clocks = await this.clocks.of(rows, await this.clock.now());
    const steps = await this.stepActors(rows.map(({ id }) => id));
    return new Map(
      rows.map((row) => [row.id, viewOf(row, clocks.get(row.id) ?? [], verbsOf(actor, row, steps.get(row.id) ?? []))]),
    );
  }

  private async stepActors(ids: readonly string[]): Promise<ReadonlyMap<string, readonly StepActor[]>> {
    const rows = await inParts(ids, (part) =>
      this.db.rows<{ application_id: string; step: string; actor_id: string }>(
        `SELECT application_id, step, actor_id FROM certificate_application_steps WHERE application_id IN (${marks(part)})`,
        part,
      ),
    );
    const groups = groupBy(rows, ({ application_id }) => application_id);
    return new Map(
      [...groups].map(([id, all]) => [id, all.map(({ step, actor_id }) => ({ step, accountId: actor_id }))]),
    );
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
    const view = need(await this.views(actor, [row]), id);
    const levels = (await this.clocks.of([row], await this.clock.now())).get(id) ?? [];
    return { ...view, steps: await this.steps(id), levels: [...levels], facts, settings };
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

/** The verbs that will work for the asker, by state, role and who acted before. */
function verbsOf(actor: Actor, row: ApplicationRow, earlier: readonly StepActor[]): string[] {
  return applicationVerbs(row.state).filter((verb) => {
    if (verb !== 'decide') return actor.permissions.has('application.submit');
    const step = stepAwaited(row.state);
    if (step === null || !actor.permissions.has('application.decide')) return false;
    return (
      actor.roles.includes(ROLE_OF_STEP[step]) &&
      decideLevel({ step, actor, earlier, concerns: [row.officer_id] }).allowed
    );
  });
}

function need<T>(all: ReadonlyMap<string, T>, id: string): T {
  const one = all.get(id);
  if (one === undefined) throw new Error('a record that was read has no view');
  return one;
}

function viewOf(row: ApplicationRow, clocks: readonly ClockView[], allowedVerbs: string[]): ApplicationView {
  const running = clocks.at(-1) ?? null;
  return { ...recordOf(row), ...clockOf(running), allowedVerbs, version: row.version };
}

const clockOf = (
  clock: ClockView | null,
): Pick<ApplicationView, 'level' | 'dueOn' | 'clock' | 'workingDaysUsed' | 'workingDaysAllowed'> => {
  const runs = clock !== null && clock.stoppedOn === null;
  return {
    level: runs ? clock.level : null,
    dueOn: runs ? clock.dueOn : null,
    clock: runs ? clock.clock : null,
    workingDaysUsed: runs ? clock.workingDaysUsed : null,
    workingDaysAllowed: runs ? clock.workingDaysAllowed : null,
  };
};

const recordOf = (
  row: ApplicationRow,
): Omit<
  ApplicationView,
  'level' | 'dueOn' | 'clock' | 'workingDaysUsed' | 'workingDaysAllowed' | 'allowedVerbs' | 'version'
> => ({
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
});
