import { Injectable } from '@nestjs/common';
import { below, Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { addDays, endOfDay, instantText, legalDateOf, startOfDay } from '../rules/calendar.js';
import type { CoverageView, FigureKey, FigureView, MonthView, WorkbenchView } from './workbench.view.js';

type Parameter = string | number | Date;
interface Figure {
  readonly key: FigureKey;
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /** The whole of which it is a part, by the key of another figure. */
  readonly of?: { readonly sql: string; readonly parameters: readonly Parameter[] };
}

const EXPIRY_DAYS = 90;
const EXPIRY_MONTHS = 12;
const MOST_BODIES = 12;

const IN_SERVICE = `NOT EXISTS (SELECT 1 FROM officer_departures x WHERE x.officer_id = o.id AND x.superseded_at IS NULL AND x.effective_from <= ?)`;
const IN_FORCE = `EXISTS (SELECT 1 FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
  WHERE c.officer_id = o.id AND st.status = 'VALID' AND c.valid_from <= ? AND c.valid_to >= ?)`;

/** The numbers on the workbench. Each is counted by SQL within the scope, and only for whom it says something. */
@Injectable()
export class WorkbenchQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async show(actor: Actor): Promise<WorkbenchView> {
    const now = await this.clock.now();
    const today = legalDateOf(now) ?? '';
    const figures: FigureView[] = [];
    for (const figure of figuresFor(actor, now, today)) {
      const whole = figure.of ? await this.count(figure.of.sql, figure.of.parameters) : null;
      figures.push({ key: figure.key, count: await this.count(figure.sql, figure.parameters), of: whole });
    }
    const business = actor.permissions.has('business.read');
    return {
      asOf: instantText(now) ?? '',
      figures,
      expiry: business ? await this.expiry(actor, today) : [],
      coverage: business ? await this.coverage(actor, now, today) : [],
    };
  }

  private async count(sql: string, parameters: readonly Parameter[]): Promise<number> {
    const row = await this.db.row<{ n: number | string }>(`SELECT COUNT(*) AS n ${sql}`, [...parameters]);
    return Number(row?.n ?? 0);
  }

  /** How many certificates in force end in each of the next twelve months. */
  private async expiry(actor: Actor, today: string): Promise<MonthView[]> {
    const months = monthsFrom(today, EXPIRY_MONTHS);
    const last = months.at(-1)?.lastDay ?? today;
    const rows = await this.db.rows<{ month: string; n: number | string }>(
      `SELECT LEFT(c.valid_to, 7) AS month, COUNT(*) AS n FROM certificates c
       JOIN certificate_states st ON st.certificate_id = c.id JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = o.subject_id
       WHERE st.status = 'VALID' AND c.valid_to BETWEEN ? AND ? AND s.path LIKE ? GROUP BY LEFT(c.valid_to, 7)`,
      [today, last, below(actor.homeSubjectPath)],
    );
    const counts = new Map(rows.map(({ month, n }) => [month, Number(n)]));
    return months.map((month) => ({ ...month, count: counts.get(month.month) ?? 0 }));
  }

  private async coverage(actor: Actor, now: number, today: string): Promise<CoverageView[]> {
    const rows = await this.db.rows<{
      id: string;
      name: string;
      officers: number | string;
      certified: number | string;
    }>(
      `SELECT t.id, t.name, t.officers, t.certified FROM (
         SELECT s.id, s.name, COUNT(*) AS officers, SUM(${IN_FORCE}) AS certified
         FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE s.path LIKE ? AND ${IN_SERVICE} GROUP BY s.id, s.name) t
       ORDER BY t.officers - t.certified DESC, t.name LIMIT ?`,
      [today, today, below(actor.homeSubjectPath), new Date(now), MOST_BODIES],
    );
    return rows.map(({ id, name, officers, certified }) => ({
      subjectId: id,
      name,
      officers: Number(officers),
      certified: Number(certified),
    }));
  }
}

/** The months from this one on, with their days. */
function monthsFrom(today: string, count: number): readonly Omit<MonthView, 'count'>[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: count }, (_, i) => {
    const nameOf = (ahead: number): string => {
      const index = year * 12 + (month - 1) + ahead;
      return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
    };
    return { month: nameOf(i), firstDay: `${nameOf(i)}-01`, lastDay: addDays(`${nameOf(i + 1)}-01`, -1) };
  });
}

function figuresFor(actor: Actor, now: number, today: string): readonly Figure[] {
  const scope = below(actor.homeSubjectPath);
  const at = new Date(now);
  const may = (permission: Parameters<Actor['permissions']['has']>[0]): boolean => actor.permissions.has(permission);
  const officers = `FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE s.path LIKE ? AND ${IN_SERVICE}`;
  const certificates = `FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
    JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = o.subject_id WHERE s.path LIKE ?`;
  const applications = (key: FigureKey, state: string): Figure => ({
    key,
    sql: `FROM certificate_applications p JOIN subjects s ON s.id = p.subject_id WHERE p.state = ? AND s.path LIKE ?`,
    parameters: [state, scope],
  });
  const deployments = (key: FigureKey, status: string): Figure => ({
    key,
    sql: `FROM deployments d JOIN subjects s ON s.id = d.subject_id WHERE d.status = ? AND s.path LIKE ?`,
    parameters: [status, scope],
  });
  const imports = (key: FigureKey, states: string): Figure => ({
    key,
    sql: `FROM imports i JOIN subjects s ON s.id = i.owner_subject_id WHERE i.status IN (${states}) AND s.path LIKE ?`,
    parameters: [scope],
  });
  const importing = [
    'import.officer-roster',
    'import.training-hours',
    'import.exam-results',
    'import.certificates',
  ] as const;
  const list: (Figure | false)[] = [
    may('officer.write') && {
      key: 'officersWithoutCertificate',
      sql: `${officers} AND NOT ${IN_FORCE}`,
      parameters: [scope, at, today, today],
      of: { sql: officers, parameters: [scope, at] },
    },
    may('application.submit') && applications('applicationsReturned', 'RETURNED'),
    may('application.decide') && actor.roles.includes('REVIEWER') && applications('applicationsToReview', 'SUBMITTED'),
    may('application.decide') &&
      actor.roles.includes('APPROVER') &&
      applications('applicationsToApprove', 'DISTRICT_REVIEWED'),
    may('certificate.issue') && applications('applicationsToIssue', 'APPROVED'),
    may('setting.approve') && {
      key: 'settingsToApprove',
      sql: `FROM settings WHERE superseded_at IS NULL AND approved_state = 'PROPOSED'`,
      parameters: [],
    },
    may('duty.deploy') && deployments('deploymentsActive', 'ACTIVE'),
    may('duty.deploy') && deployments('deploymentsPlanned', 'PLANNED'),
    may('duty.deploy') && deployments('deploymentsRecalled', 'RECALLED'),
    may('exam.write') && {
      key: 'examsToRelease',
      sql: `FROM exams e JOIN subjects s ON s.id = e.owner_subject_id WHERE e.status = 'OPEN' AND e.held_on < ? AND s.path LIKE ?`,
      parameters: [today, scope],
    },
    may('exam.write') && {
      key: 'examsUpcoming',
      sql: `FROM exams e JOIN subjects s ON s.id = e.owner_subject_id WHERE e.status = 'OPEN' AND e.held_on >= ? AND s.path LIKE ?`,
      parameters: [today, scope],
    },
    importing.some(may) && imports('importsOpen', `'NEEDS_MAPPING','VALIDATED'`),
    may('exam.write') && imports('importsRunning', `'RECEIVED','PARSING','VALIDATING','COMMITTING'`),
    may('business.read') && {
      key: 'certificatesExpiring',
      sql: `${certificates} AND st.status = 'VALID' AND c.valid_to BETWEEN ? AND ?`,
      parameters: [scope, today, addDays(today, EXPIRY_DAYS)],
    },
    (may('certificate.decide') || may('duty.check')) && {
      key: 'certificatesSuspended',
      sql: `${certificates} AND st.status IN ('VALID','EXPIRED') AND c.valid_to >= ? AND EXISTS (SELECT 1 FROM certificate_suspensions x
        WHERE x.certificate_id = c.id AND x.superseded_at IS NULL AND x.effective_from <= ? AND (x.effective_to IS NULL OR x.effective_to > ?))`,
      parameters: [scope, today, at, at],
    },
    may('certificate.report-loss') && {
      key: 'cardsToCollect',
      sql: `FROM card_cases k JOIN officers o ON o.id = k.officer_id JOIN subjects s ON s.id = o.subject_id
        WHERE k.closed_at IS NULL AND s.path LIKE ?`,
      parameters: [scope],
    },
    (may('subject.write') || may('duty.deploy')) && {
      key: 'delegationsEnding',
      sql: `FROM delegations d JOIN subjects s ON s.id = d.delegator_id WHERE d.stage = 'PUBLISHED' AND d.valid_to BETWEEN ? AND ? AND s.path LIKE ?`,
      parameters: [today, addDays(today, EXPIRY_DAYS), scope],
    },
    may('account.write') && {
      key: 'accountsActive',
      sql: `FROM accounts a JOIN subjects s ON s.id = a.home_subject_id WHERE a.status = 'ACTIVE' AND s.path LIKE ?`,
      parameters: [scope],
    },
    may('account.write') && {
      key: 'accountsLocked',
      sql: `FROM accounts a JOIN subjects s ON s.id = a.home_subject_id WHERE a.locked_until > ? AND s.path LIKE ?`,
      parameters: [at, scope],
    },
    may('role.write') && {
      key: 'accountsWithoutRole',
      sql: `FROM accounts a JOIN subjects s ON s.id = a.home_subject_id WHERE a.status = 'ACTIVE' AND s.path LIKE ?
        AND NOT EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id)`,
      parameters: [scope],
    },
    may('audit.read') && {
      key: 'auditEntriesToday',
      sql: `FROM audit_entries e WHERE e.recorded_at >= ? AND e.recorded_at <= ?`,
      parameters: [new Date(startOfDay(today) ?? 0), new Date(endOfDay(today) ?? now)],
    },
  ];
  return list.filter((figure): figure is Figure => figure !== false);
}
