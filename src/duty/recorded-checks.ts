import { Injectable } from '@nestjs/common';
import { Db, below } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { notFound } from '../kernel/problem.js';
import { pageOf, type Page } from '../kernel/page.js';
import { decideDuty } from '../rules/duty-decision.rules.js';
import type { DutyRequest } from '../rules/duty-facts.js';
import type { DutyDecision } from '../rules/duty-reasons.js';
import { Decide } from './decide.js';
import type { ChecksQuery } from './duty.query.dto.js';
import { decisionView, type DutyCheckRecordView, type DutyCheckSummaryView, type DutyReplayView } from './duty.view.js';
import { restoreFacts } from './stored-facts.js';

interface CheckRow {
  readonly id: string;
  readonly subject_id: string;
  readonly matter_code: string;
  readonly cleared: number;
  readonly request_json: string;
  readonly facts_json: string;
  readonly facts_hash: string;
  readonly decision_json: string;
  readonly decided_at: Date;
  readonly decided_by: string;
}

/** Reads recorded checks and decides them again. They are never rewritten. */
@Injectable()
export class RecordedChecks {
  constructor(
    private readonly db: Db,
    private readonly decide: Decide,
  ) {}

  async list(actor: Actor, query: ChecksQuery): Promise<Page<DutyCheckSummaryView>> {
    const rows = await this.db.rows<Pick<CheckRow, 'id' | 'subject_id' | 'matter_code' | 'cleared' | 'decided_at'>>(
      `SELECT c.id, c.subject_id, c.matter_code, c.cleared, c.decided_at
       FROM duty_checks c JOIN subjects s ON s.id = c.subject_id
       WHERE s.path LIKE ? AND c.id > ?${query.subjectId === undefined ? '' : ' AND c.subject_id = ?'} ORDER BY c.id LIMIT ?`,
      [
        below(actor.homeSubjectPath),
        query.after(),
        ...(query.subjectId === undefined ? [] : [query.subjectId]),
        query.limit + 1,
      ],
    );
    return pageOf(rows, query.limit, (row) => ({
      id: row.id,
      subjectId: row.subject_id,
      matterCode: row.matter_code,
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
      matterCode: row.matter_code,
      cleared: row.cleared === 1,
      decidedBy: row.decided_by,
      decidedAt: row.decided_at.toISOString(),
      request: {
        ...request,
        from: new Date(request.from).toISOString(),
        to: new Date(request.to).toISOString(),
        members: request.members.map(({ officerId, certificateNo }) => ({ officerId, certificateNo })),
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
      `SELECT c.id, c.subject_id, c.matter_code, c.cleared, c.request_json, c.facts_json, c.facts_hash, c.decision_json, c.decided_at, c.decided_by
       FROM duty_checks c JOIN subjects s ON s.id = c.subject_id WHERE c.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('check');
    return row;
  }
}
