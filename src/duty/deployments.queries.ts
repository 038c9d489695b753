import { Injectable } from '@nestjs/common';
import { Db, below } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { pageOf, type Page } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import { deploymentLifecycle, type DeploymentState } from '../rules/deployment.lifecycle.js';
import type { DutyDecision } from '../rules/duty-reasons.js';
import type { DeploymentsQuery } from './duty.query.dto.js';
import { decisionView, type DeploymentSummaryView, type DeploymentView } from './duty.view.js';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly subject_id: string;
  readonly matter_code: string;
  readonly division_code: string | null;
  readonly span_from: Date;
  readonly span_to: Date;
  readonly status: DeploymentState;
  readonly via_kind: string;
  readonly via_id: string;
  readonly owner_id: string;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly version: number;
}

const COLUMNS = `d.id, d.title, d.subject_id, d.matter_code, d.division_code, d.span_from, d.span_to, d.status, d.via_kind, d.via_id,
  d.owner_id, d.created_at, d.started_at, d.ended_at, d.version`;

@Injectable()
export class DeploymentsQueries {
  constructor(private readonly db: Db) {}

  async list(actor: Actor, query: DeploymentsQuery): Promise<Page<DeploymentSummaryView>> {
    const where = ['s.path LIKE ?', 'd.id > ?'];
    const parameters: (string | number)[] = [below(actor.homeSubjectPath), query.after()];
    if (query.status !== undefined) {
      where.push('d.status = ?');
      parameters.push(query.status);
    }
    if (query.subjectId !== undefined) {
      where.push('d.subject_id = ?');
      parameters.push(query.subjectId);
    }
    if (query.officerId !== undefined) {
      where.push('EXISTS (SELECT 1 FROM deployment_members m WHERE m.deployment_id = d.id AND m.officer_id = ?)');
      parameters.push(query.officerId);
    }
    const rows = await this.db.rows<Row>(
      `SELECT ${COLUMNS} FROM deployments d JOIN subjects s ON s.id = d.subject_id WHERE ${where.join(' AND ')} ORDER BY d.id LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => ({
      id: row.id,
      title: row.title,
      subjectId: row.subject_id,
      matterCode: row.matter_code,
      from: row.span_from.toISOString(),
      to: row.span_to.toISOString(),
      status: row.status,
    }));
  }

  async read(actor: Actor, id: string): Promise<DeploymentView> {
    const row = await this.db.row<Row>(
      `SELECT ${COLUMNS} FROM deployments d JOIN subjects s ON s.id = d.subject_id WHERE d.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('deployment');
    const [members, decisions] = await Promise.all([
      this.db.rows<{ officer_id: string; certificate_id: string | null }>(
        'SELECT officer_id, certificate_id FROM deployment_members WHERE deployment_id = ? ORDER BY officer_id',
        [id],
      ),
      this.db.rows<{ occasion: string; cause: string | null; decision_json: string; decided_at: Date }>(
        'SELECT occasion, cause, decision_json, decided_at FROM deployment_decisions WHERE deployment_id = ? ORDER BY decided_at, id',
        [id],
      ),
    ]);
    const clearing = decisions.filter(({ occasion }) => occasion !== 'RECALL').at(-1);
    const recall = decisions.find(({ occasion }) => occasion === 'RECALL');
    const decided = (json: string): ReturnType<typeof decisionView> => decisionView(JSON.parse(json) as DutyDecision);
    return {
      id: row.id,
      title: row.title,
      subjectId: row.subject_id,
      matterCode: row.matter_code,
      divisionCode: row.division_code,
      from: row.span_from.toISOString(),
      to: row.span_to.toISOString(),
      status: row.status,
      via: { kind: row.via_kind, id: row.via_id },
      members: members.map(({ officer_id, certificate_id }) => ({
        officerId: officer_id,
        certificateId: certificate_id,
      })),
      ownerId: row.owner_id,
      createdAt: row.created_at.toISOString(),
      startedAt: row.started_at?.toISOString() ?? null,
      endedAt: row.ended_at?.toISOString() ?? null,
      decision: clearing ? decided(clearing.decision_json) : null,
      recall: recall
        ? { at: recall.decided_at.toISOString(), cause: recall.cause, decision: decided(recall.decision_json) }
        : null,
      commands: actor.permissions.has('duty.deploy')
        ? deploymentLifecycle.commandsFrom(row.status).filter((command) => command !== 'recall')
        : [],
      version: row.version,
    };
  }
}
