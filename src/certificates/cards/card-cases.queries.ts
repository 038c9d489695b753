import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { pageOf } from '../../kernel/page.js';
import { notFound } from '../../kernel/problem.js';
import { WorkingDays } from '../../infrastructure/calendar/working-days.js';
import { below, Db } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { legalDateOf } from '../../rules/calendar.js';
import { isFulfilled, mayKeep, type CardCaseCause, type RequiredAct } from '../../rules/card-case.lifecycle.js';
import { isHandedIn, type CustodyState } from '../../rules/card-custody.lifecycle.js';
import { clockUntil, type ClockReading } from '../../rules/working-days.js';
import { standingAt, type CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { CustodyDesk } from '../custody/custody-desk.js';
import type { CardCasePage, CardCaseView } from './card-case.view.js';
import { caseState } from './card-case-state.js';
import type { CardCaseListQuery } from './card-cases.dto.js';

interface CaseRow {
  readonly id: string;
  readonly officer_id: string;
  readonly name: string;
  readonly certificate_id: string;
  readonly number: string;
  readonly cause: CardCaseCause;
  readonly required_act: RequiredAct;
  readonly source_id: string;
  readonly due_on: string;
  readonly opened_at: Date;
  readonly escalated_at: Date | null;
  readonly closed_at: Date | null;
  readonly outcome: string | null;
  readonly closing_note: string | null;
}

const SELECT = `SELECT k.id, k.officer_id, o.name, k.certificate_id, c.number, k.cause, k.required_act, k.source_id, k.due_on, k.opened_at,
  k.escalated_at, k.closed_at, k.outcome, k.closing_note
  FROM card_cases k JOIN certificates c ON c.id = k.certificate_id JOIN officers o ON o.id = k.officer_id
  JOIN subjects s ON s.id = o.subject_id`;

@Injectable()
export class CardCaseQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly workingDays: WorkingDays,
    private readonly certificates: CertificateLocks,
    private readonly custody: CustodyDesk,
  ) {}

  async list(actor: Actor, query: CardCaseListQuery): Promise<CardCasePage> {
    const where = ['s.path LIKE ?', 'k.id > ?'];
    const parameters: (string | number)[] = [below(actor.homeSubjectPath), query.after()];
    for (const [column, value] of [
      ['k.officer_id', query.officerId],
      ['k.certificate_id', query.certificateId],
      ['k.cause', query.cause],
    ] as const) {
      if (value === undefined) continue;
      where.push(`${column} = ?`);
      parameters.push(value);
    }
    if (query.state !== undefined) where.push(STATE_SQL[query.state]);
    const rows = await this.db.rows<CaseRow>(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY k.id LIMIT ?`, [
      ...parameters,
      query.limit + 1,
    ]);
    const views = await this.views(actor, rows);
    return pageOf(rows, query.limit, ({ id }) => views.get(id) as CardCaseView);
  }

  /** @throws Problem 404 outside the scope */
  async one(actor: Actor, id: string): Promise<CardCaseView> {
    const row = await this.db.row<CaseRow>(`${SELECT} WHERE k.id = ? AND s.path LIKE ?`, [
      id,
      below(actor.homeSubjectPath),
    ]);
    const view = row && (await this.views(actor, [row])).get(id);
    if (!view) throw notFound('card case');
    return view;
  }

  private async views(actor: Actor, rows: readonly CaseRow[]): Promise<ReadonlyMap<string, CardCaseView>> {
    const now = await this.clock.now();
    const today = legalDateOf(now) ?? '';
    const calendar = await this.workingDays.calendar();
    const amber = await this.settings.number(today, 'clock.amberPct');
    const certificates = await this.certificates.byIds([...new Set(rows.map((row) => row.certificate_id))]);
    const custodies = await this.custody.of(certificates);
    const byId = new Map(certificates.map((one) => [one.id, one]));
    return new Map(
      rows.map((row) => {
        const certificate = byId.get(row.certificate_id);
        const custody = custodies.get(row.certificate_id)?.state ?? 'WITH_HOLDER';
        const startedOn = legalDateOf(row.opened_at.getTime()) ?? '';
        const reading = row.closed_at ? null : clockUntil(calendar, { startedOn, dueOn: row.due_on, on: today }, amber);
        return [row.id, viewOf(actor, row, { certificate, custody, reading, now, today })];
      }),
    );
  }
}

const STATE_SQL = {
  OPEN: 'k.closed_at IS NULL',
  ESCALATED: 'k.closed_at IS NULL AND k.escalated_at IS NOT NULL',
  CLOSED: 'k.closed_at IS NOT NULL',
} as const;

interface Around {
  readonly certificate: CertificateRecord | undefined;
  readonly custody: CustodyState;
  readonly reading: ClockReading | null;
  readonly now: number;
  readonly today: string;
}

function viewOf(actor: Actor, row: CaseRow, around: Around): CardCaseView {
  const { certificate, custody, reading, today } = around;
  const standing = certificate ? standingAt(certificate, around.now) : 'CANCELLED';
  return {
    id: row.id,
    officerId: row.officer_id,
    officerName: row.name,
    certificateId: row.certificate_id,
    certificateNo: row.number,
    cause: row.cause,
    state: caseState(row),
    requiredAct: row.required_act,
    sourceId: row.source_id === '' ? null : row.source_id,
    dueOn: row.due_on,
    openedAt: row.opened_at.toISOString(),
    escalatedAt: row.escalated_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    outcome: row.outcome,
    closingNote: row.closing_note,
    overdue: row.closed_at === null && row.due_on < today,
    clock: reading?.colour ?? null,
    workingDaysUsed: reading?.used ?? null,
    workingDaysAllowed: reading?.allowed ?? null,
    certificateState: standing,
    custody,
    toDo: row.closed_at !== null || !certificate ? [] : toDo(row.required_act, certificate, custody, around.now),
    allowedVerbs:
      row.closed_at === null && mayKeep(row.required_act) && actor.permissions.has('certificate.decide')
        ? ['keep']
        : [],
  };
}

function toDo(act: RequiredAct, certificate: CertificateRecord, custody: CustodyState, now: number): string[] {
  const isSuspended = standingAt(certificate, now) === 'SUSPENDED';
  if (isFulfilled({ act, certificate: certificate.state, isSuspended, custody })) return [];
  const isEnded = certificate.state !== 'VALID' && certificate.state !== 'RESERVED';
  if (act === 'DECIDE') return ['DECIDE'];
  const steps = isEnded || act === 'RETURN' ? [] : [act];
  return isHandedIn(custody) || certificate.state === 'LOST' ? steps : [...steps, 'TAKE_BACK'];
}
