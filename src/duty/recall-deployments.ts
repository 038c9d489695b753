import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Notifications } from '../identity/index.js';
import { Db, marks } from '../infrastructure/database/db.js';
import { Events } from '../infrastructure/events/events.js';
import { ParticipatesInClearance } from '../infrastructure/discovery/marks.js';
import type { ClearanceParticipant, ClearanceReduced } from '../kernel/clearance-change.js';
import { WATCHED_DEPLOYMENT_STATES } from '../rules/deployment.lifecycle.js';
import type { DutyRequest } from '../rules/duty-facts.js';
import { decideDuty } from '../rules/duty-decision.rules.js';
import { Decide, type Decided } from './decide.js';
import { DeploymentRecords } from './deployment-records.js';
import { EVERYTHING } from './duty-facts.queries.js';
import type { DeploymentRow } from './deployment-row.js';

/** Deployments whose people are loaded together. */
const CHUNK = 200;

/**
 * The continuous watch (guarantee 3): whatever ends a clearance re-decides the planned and running deployments it touches, in the
 * same transaction. Rows are locked first and facts read after, so of two changes at once the second sees the first.
 */
@ParticipatesInClearance()
@Injectable()
export class RecallDeployments implements ClearanceParticipant {
  constructor(
    private readonly db: Db,
    private readonly decide: Decide,
    private readonly records: DeploymentRecords,
    private readonly notifications: Notifications,
    private readonly events: Events,
    private readonly audit: AuditTrail,
  ) {}

  async onClearanceReduced({ whom, cause }: ClearanceReduced): Promise<void> {
    await this.redecide(await this.touchedBy(whom), cause);
  }

  /** Locks the deployments in ascending order, decides each again, recalls what is no longer cleared. @returns how many */
  async redecide(ids: readonly string[], cause: string): Promise<number> {
    let recalled = 0;
    for (let start = 0; start < ids.length; start += CHUNK) {
      const part = ids.slice(start, start + CHUNK);
      const rows = await this.db.rows<DeploymentRow>(
        `SELECT id, subject_id, matter_code, division_code, span_from, span_to, status, owner_id FROM deployments
         WHERE id IN (${marks(part)}) AND status IN (${marks(WATCHED_DEPLOYMENT_STATES)}) ORDER BY id FOR UPDATE`,
        [...part, ...WATCHED_DEPLOYMENT_STATES],
      );
      for (const { row, request, decided } of await this.decideAll(rows)) {
        if (decided.decision.cleared) continue;
        await this.recall(row, request, decided, cause);
        recalled += 1;
      }
    }
    return recalled;
  }

  /** Ends a deployment that is no longer cleared and tells its owner. The row is locked by the caller. */
  async recall(row: DeploymentRow, request: DutyRequest, decided: Decided, cause: string): Promise<void> {
    const at = new Date(decided.decision.decidedAt);
    await this.db.updateOne(
      `UPDATE deployments SET status = 'RECALLED', ended_at = ?, version = version + 1 WHERE id = ? AND status = ?`,
      [at, row.id, row.status],
      () => {
        throw new Error('a locked deployment changed its status');
      },
    );
    await this.records.keep(row.id, 'RECALL', request, decided, { accountId: null, cause });
    await this.notifications.tell(
      [
        {
          accountId: row.owner_id,
          kind: 'deployment.recalled',
          targetType: 'deployment',
          targetId: row.id,
          summary: cause,
        },
      ],
      decided.decision.decidedAt,
    );
    await this.events.tell([{ type: 'deployment.recalled', objectId: row.id }], decided.decision.decidedAt);
    const { subjectReasons, teamReasons, members } = decided.decision;
    this.audit.record(
      null,
      'deployment.recall',
      { type: 'deployment', id: row.id },
      {
        before: { status: row.status },
        after: { status: 'RECALLED', cause },
        reasons: [...subjectReasons, ...teamReasons, ...members.flatMap(({ reasons }) => reasons)],
      },
    );
  }

  private async touchedBy(whom: ClearanceReduced['whom']): Promise<string[]> {
    const watched = `d.status IN (${marks(WATCHED_DEPLOYMENT_STATES)})`;
    if ('officerIds' in whom) {
      if (whom.officerIds.length === 0) return [];
      return this.ids(
        `SELECT DISTINCT d.id FROM deployment_members m JOIN deployments d ON d.id = m.deployment_id
         WHERE m.officer_id IN (${marks(whom.officerIds)}) AND ${watched} ORDER BY d.id`,
        [...whom.officerIds, ...WATCHED_DEPLOYMENT_STATES],
      );
    }
    if ('delegationId' in whom) {
      return this.ids(
        `SELECT d.id FROM deployments d WHERE d.subject_id = (SELECT g.delegatee_id FROM delegations g WHERE g.id = ?) AND ${watched} ORDER BY d.id`,
        [whom.delegationId, ...WATCHED_DEPLOYMENT_STATES],
      );
    }
    // The body itself, and everybody it has ever delegated to: another of their delegations may have stepped in meanwhile.
    return this.ids(
      `SELECT d.id FROM deployments d WHERE (d.subject_id = ? OR d.subject_id IN
         (SELECT g.delegatee_id FROM delegations g WHERE g.delegator_id = ?)) AND ${watched} ORDER BY d.id`,
      [whom.subjectId, whom.subjectId, ...WATCHED_DEPLOYMENT_STATES],
    );
  }

  private async ids(sql: string, parameters: readonly string[]): Promise<string[]> {
    return (await this.db.rows<{ id: string }>(sql, parameters)).map(({ id }) => id);
  }

  /** One load for all deployments of a body, a matter and a first day; one decision each. */
  private async decideAll(
    rows: readonly DeploymentRow[],
  ): Promise<{ row: DeploymentRow; request: DutyRequest; decided: Decided }[]> {
    if (rows.length === 0) return [];
    const members = await this.membersOf(rows.map(({ id }) => id));
    const requests = rows.map((row) => ({ row, request: requestOf(row, members.get(row.id) ?? []) }));
    const groups = new Map<string, typeof requests>();
    for (const item of requests) {
      const key = [
        item.row.subject_id,
        item.row.matter_code,
        Math.floor((item.request.from + 8 * 3_600_000) / 86_400_000),
      ].join('|');
      groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    const decisions: { row: DeploymentRow; request: DutyRequest; decided: Decided }[] = [];
    for (const group of groups.values()) {
      const first = group[0];
      if (!first) continue;
      const everybody = new Map(
        group.flatMap(({ request }) => request.members.map((member) => [member.key, member] as const)),
      );
      const { facts, decision } = await this.decide.now(
        'watch',
        { ...first.request, members: [...everybody.values()] },
        EVERYTHING,
      );
      const moment = { decidedAt: decision.decidedAt, knownAt: decision.knownAt };
      for (const { row, request } of group) {
        decisions.push({ row, request, decided: { facts, decision: decideDuty(facts, request, moment) } });
      }
    }
    return decisions;
  }

  private async membersOf(ids: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.db.rows<{ deployment_id: string; officer_id: string }>(
      `SELECT deployment_id, officer_id FROM deployment_members WHERE deployment_id IN (${marks(ids)}) ORDER BY deployment_id, officer_id`,
      ids,
    );
    const members = new Map<string, string[]>();
    for (const { deployment_id, officer_id } of rows) {
      const found = members.get(deployment_id);
      if (found) found.push(officer_id);
      else members.set(deployment_id, [officer_id]);
    }
    return members;
  }
}

const requestOf = (row: DeploymentRow, officerIds: readonly string[]): DutyRequest => ({
  subjectId: row.subject_id,
  matterCode: row.matter_code,
  divisionCode: row.division_code,
  from: row.span_from.getTime(),
  to: row.span_to.getTime(),
  members: officerIds.map((officerId) => ({ key: `id:${officerId}`, officerId })),
});
