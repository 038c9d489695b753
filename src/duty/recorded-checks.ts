import { Injectable } from '@nestjs/common';
import { Db, below } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { notFound } from '../kernel/problem.js';
import { pageOf, type Page } from '../kernel/page.js';
import { decideDuty } from '../rules/duty-decision.rules.js';
import type { DutyRequest } from '../rules/duty-facts.js';
import type { DutyDecision } from '../rules/duty-reasons.js';
import { Decide } from './decide.js';
import { ordered } from './list-order.js';
import type { ChecksQuery } from './duty.query.dto.js';
import { decisionView, type DutyCheckRecordView, type DutyCheckSummaryView, type DutyReplayView } from './duty.view.js';
import { restoreFacts } from './stored-facts.js';

interface CheckRow {
  readonly id: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly matter_code: string;
  readonly matter_name: string | null;
  readonly act_type: string | null;
  readonly cleared: number;
  readonly request_json: string;
  readonly facts_json: string;
  readonly facts_hash: string;
  readonly decision_json: string;
  readonly decided_at: Date;
  readonly decided_by: string;
  readonly decided_by_name: string | null;
}

/** Reads recorded checks and decides them again. They are never rewritten. */
@Injectable()
export class RecordedChecks {
  constructor(
    private readonly db: Db,
    private readonly decide: Decide,
  ) {}

  async list(actor: Actor, query: ChecksQuery): Promise<Page<DutyCheckSummaryView>> {
    const order = ordered('c.id', query);
    const where = ['s.path LIKE ?', ...order.where];
    const values: (string | number)[] = [below(actor.homeSubjectPath), ...order.parameters];
    const filter = (sql: string, value: string | number | undefined): void => {
      if (value === undefined) return;
      where.push(sql);
      values.push(value);
    };
    filter('c.subject_id = ?', query.subjectId);
    filter('c.matter_code = ?', query.matterCode);
    filter('c.cleared = ?', query.cleared === undefined ? undefined : Number(query.cleared === 'true'));
    const rows = await this.db.rows<Omit<CheckRow, 'facts_json'> & { members: number | string | null }>(
      `SELECT c.id, c.subject_id, s.name AS subject_name, c.matter_code, m.name AS matter_name, c.cleared, c.decided_at,
         JSON_LENGTH(c.request_json, '$.members') AS members
       FROM duty_checks c JOIN subjects s ON s.id = c.subject_id LEFT JOIN matters m ON m.code = c.matter_code
       WHERE ${where.join(' AND ')} ORDER BY ${order.by} LIMIT ?`,
      [...values, query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => ({
      id: row.id,
      subjectId: row.subject_id,
      subjectName: row.subject_name,
      matterCode: row.matter_code,
      matterName: row.matter_name ?? row.matter_code,
      memberCount: Number(row.members ?? 0),
      cleared: row.cleared === 1,
      decidedAt: row.decided_at.toISOString(),
    }));
  }

  async read(actor: Actor, id: string): Promise<DutyCheckRecordView> {
    const row = await this.find(actor, id);
    const request = JSON.parse(row.request_json) as DutyRequest;
    return {
      id: row.id,
      subjectId: row.subject_id,
      subjectName: row.subject_name,
      matterCode: row.matter_code,
      matterName: row.matter_name ?? row.matter_code,
      actType: row.act_type ?? '',
      cleared: row.cleared === 1,
      decidedBy: row.decided_by,
      decidedByName: row.decided_by_name,
      decidedAt: row.decided_at.toISOString(),
      request: {
        ...request,
        from: new Date(request.from).toISOString(),
        to: new Date(request.to).toISOString(),
        members: request.members.map(({ officerId, certificateNo }) => ({
          ...(officerId === undefined ? {} : { officerId }),
          ...(certificateNo === undefined ? {} : { certificateNo }),
        })),
      },
      decision: decisionView(JSON.parse(row.decision_json) as DutyDecision),
    };
  }

  /** Decides again from the stored facts, and the same question from today's knowledge. */
  async replay(actor: Actor, id: string): Promise<DutyReplayView> {
    const row = await this.find(actor, id);
    const request = JSON.parse(row.request_json) as DutyRequest;
    const original = JSON.parse(row.decision_json) as DutyDecision;
    const facts = restoreFacts({ json: row.facts_json, hash: row.facts_hash });
    const again = decideDuty(facts, request, { decidedAt: original.decidedAt, knownAt: original.knownAt });
    const today = await this.decide.now('replay', request, { path: actor.homeSubjectPath });
    return {
      checkId: id,
      original: decisionView(original),
      fromStoredFacts: decisionView(again),
      fromTodaysKnowledge: decisionView(today.decision),
      reproduced: JSON.stringify({ ...again, rulesVersion: '' }) === JSON.stringify({ ...original, rulesVersion: '' }),
    };
  }

  private async find(actor: Actor, id: string): Promise<CheckRow> {
    const row = await this.db.row<CheckRow>(
      `SELECT c.id, c.subject_id, s.name AS subject_name, c.matter_code, m.name AS matter_name, m.act_type, c.cleared, c.request_json,
         c.facts_json, c.facts_hash, c.decision_json, c.decided_at, c.decided_by, a.display_name AS decided_by_name
       FROM duty_checks c JOIN subjects s ON s.id = c.subject_id LEFT JOIN matters m ON m.code = c.matter_code
         LEFT JOIN accounts a ON a.id = c.decided_by WHERE c.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('check');
    return row;
  }
}
