import { Injectable } from '@nestjs/common';
import { Db, below, likeText, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { pageOf, type Page } from '../kernel/page.js';
import { notFound } from '../kernel/problem.js';
import { deploymentLifecycle, WATCHED_DEPLOYMENT_STATES, type DeploymentState } from '../rules/deployment.lifecycle.js';
import type { DutyDecision } from '../rules/duty-reasons.js';
import type { DeploymentsQuery } from './duty.query.dto.js';
import { ordered } from './list-order.js';
import { decisionView, type DeploymentSummaryView, type DeploymentView } from './duty.view.js';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly matter_code: string;
  readonly matter_name: string;
  readonly act_type: string;
  readonly division_code: string | null;
  readonly span_from: Date;
  readonly span_to: Date;
  readonly status: DeploymentState;
  readonly via_kind: string;
  readonly via_id: string;
  readonly owner_id: string;
  readonly owner_name: string | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly version: number;
  readonly members: number | string;
  readonly recall_cause: string | null;
}

interface MemberRow {
  readonly officer_id: string;
  readonly name: string;
  readonly certificate_id: string | null;
  readonly number: string | null;
}

interface DecisionRow {
  readonly occasion: string;
  readonly cause: string | null;
  readonly decision_json: string;
  readonly decided_at: Date;
  readonly decided_by_name: string | null;
}

const COLUMNS = `d.id, d.title, d.subject_id, s.name AS subject_name, d.matter_code, m.name AS matter_name, m.act_type, d.division_code,
  d.span_from, d.span_to, d.status, d.via_kind, d.via_id, d.owner_id, o.display_name AS owner_name, d.created_at, d.started_at,
  d.ended_at, d.version, (SELECT COUNT(*) FROM deployment_members x WHERE x.deployment_id = d.id) AS members,
  (SELECT r.cause FROM deployment_decisions r WHERE r.deployment_id = d.id AND r.occasion = 'RECALL' ORDER BY r.id DESC LIMIT 1) AS recall_cause`;
const FROM = `FROM deployments d JOIN subjects s ON s.id = d.subject_id JOIN matters m ON m.code = d.matter_code
  LEFT JOIN accounts o ON o.id = d.owner_id`;

/** More than any authority sends out at once; the list itself has no end. */
const MOST_WATCHED = 5000;

/** A deployment as listeners see it: what changes, raises its version. */
export interface WatchedDeployment {
  readonly id: string;
  readonly title: string;
  readonly status: DeploymentState;
  readonly version: number;
}

@Injectable()
export class DeploymentsQueries {
  constructor(private readonly db: Db) {}

  async list(actor: Actor, query: DeploymentsQuery): Promise<Page<DeploymentSummaryView>> {
    const order = ordered('d.id', query);
    const where = ['s.path LIKE ?', ...order.where];
    const parameters: (string | number)[] = [below(actor.homeSubjectPath), ...order.parameters];
    const filter = (sql: string, value: string | undefined): void => {
      if (value === undefined) return;
      where.push(sql);
      parameters.push(value);
    };
    filter('d.title LIKE ?', query.q === undefined ? undefined : likeText(query.q.trim()));
    filter('d.status = ?', query.status);
    filter('d.subject_id = ?', query.subjectId);
    filter('d.matter_code = ?', query.matterCode);
    filter(
      'EXISTS (SELECT 1 FROM deployment_members x WHERE x.deployment_id = d.id AND x.officer_id = ?)',
      query.officerId,
    );
    const rows = await this.db.rows<Row>(
      `SELECT ${COLUMNS} ${FROM} WHERE ${where.join(' AND ')} ORDER BY ${order.by} LIMIT ?`,
      [...parameters, query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => ({
      id: row.id,
      title: row.title,
      subjectId: row.subject_id,
      subjectName: row.subject_name,
      matterCode: row.matter_code,
      matterName: row.matter_name,
      from: row.span_from.toISOString(),
      to: row.span_to.toISOString(),
      status: row.status,
      memberCount: Number(row.members),
      endedAt: row.ended_at?.toISOString() ?? null,
      recallCause: row.recall_cause,
      commands: commandsOf(actor, row.status),
    }));
  }

  /** The planned and running ones in the scope, for who listens to their changes. */
  watched(actor: Actor): Promise<WatchedDeployment[]> {
    return this.db.rows<WatchedDeployment>(
      `SELECT d.id, d.title, d.status, d.version FROM deployments d JOIN subjects s ON s.id = d.subject_id
       WHERE d.status IN (${marks(WATCHED_DEPLOYMENT_STATES)}) AND s.path LIKE ? ORDER BY d.id DESC LIMIT ${MOST_WATCHED}`,
      [...WATCHED_DEPLOYMENT_STATES, below(actor.homeSubjectPath)],
    );
  }

  async byIds(actor: Actor, ids: readonly string[]): Promise<WatchedDeployment[]> {
    if (ids.length === 0) return [];
    return this.db.rows<WatchedDeployment>(
      `SELECT d.id, d.title, d.status, d.version FROM deployments d JOIN subjects s ON s.id = d.subject_id
       WHERE d.id IN (${marks(ids)}) AND s.path LIKE ? ORDER BY d.id`,
      [...ids, below(actor.homeSubjectPath)],
    );
  }

  async read(actor: Actor, id: string): Promise<DeploymentView> {
    const row = await this.db.row<Row>(`SELECT ${COLUMNS} ${FROM} WHERE d.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    if (!row) throw notFound('deployment');
    const [members, decisions, viaText] = await Promise.all([
      this.db.rows<MemberRow>(
        `SELECT x.officer_id, o.name, x.certificate_id, c.number FROM deployment_members x JOIN officers o ON o.id = x.officer_id
           LEFT JOIN certificates c ON c.id = x.certificate_id WHERE x.deployment_id = ? ORDER BY x.officer_id`,
        [id],
      ),
      this.db.rows<DecisionRow>(
        `SELECT r.occasion, r.cause, r.decision_json, r.decided_at, a.display_name AS decided_by_name
         FROM deployment_decisions r LEFT JOIN accounts a ON a.id = r.decided_by WHERE r.deployment_id = ? ORDER BY r.decided_at, r.id`,
        [id],
      ),
      this.viaText(row),
    ]);
    const kept = decisions.map((decision) => ({
      occasion: decision.occasion,
      cause: decision.cause,
      decidedAt: decision.decided_at.toISOString(),
      decidedByName: decision.decided_by_name,
      decision: decisionView(JSON.parse(decision.decision_json) as DutyDecision),
    }));
    const recall = kept.find(({ occasion }) => occasion === 'RECALL');
    return {
      id: row.id,
      title: row.title,
      subjectId: row.subject_id,
      subjectName: row.subject_name,
      matterCode: row.matter_code,
      matterName: row.matter_name,
      actType: row.act_type,
      divisionCode: row.division_code,
      from: row.span_from.toISOString(),
      to: row.span_to.toISOString(),
      status: row.status,
      via: { kind: row.via_kind, id: row.via_id },
      viaText,
      members: members.map(({ officer_id, name, certificate_id, number }) => ({
        officerId: officer_id,
        name,
        certificateId: certificate_id,
        certificateNo: number,
      })),
      ownerId: row.owner_id,
      ownerName: row.owner_name,
      createdAt: row.created_at.toISOString(),
      startedAt: row.started_at?.toISOString() ?? null,
      endedAt: row.ended_at?.toISOString() ?? null,
      decision: kept.filter(({ occasion }) => occasion !== 'RECALL').at(-1)?.decision ?? null,
      recall: recall ? { at: recall.decidedAt, cause: recall.cause, decision: recall.decision } : null,
      decisions: kept,
      commands: commandsOf(actor, row.status),
      version: row.version,
    };
  }

  private async viaText({ via_kind, via_id }: Row): Promise<string | null> {
    const row = await this.db.row<{ text: string }>(
      via_kind === 'DELEGATION'
        ? 'SELECT document_no AS text FROM delegations WHERE id = ?'
        : `SELECT CONCAT('《', basis_title, '》', basis_article) AS text FROM subject_powers WHERE id = ?`,
      [via_id],
    );
    return row?.text ?? null;
  }
}

const commandsOf = (actor: Actor, status: DeploymentState): string[] =>
  actor.permissions.has('duty.deploy')
    ? deploymentLifecycle.commandsFrom(status).filter((command) => command !== 'recall')
    : [];
