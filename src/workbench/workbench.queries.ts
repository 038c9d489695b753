import { Injectable } from '@nestjs/common';
import { standingSql } from '../certificates/index.js';
import { ImportDefinitions, importSight } from '../imports/index.js';
import { below, Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { holdsCertificate, inService } from '../officers/index.js';
import { addDays, endOfDay, instantText, legalDateOf, startOfDay } from '../rules/calendar.js';
import { RUNNING_IMPORT_STATES, WAITING_IMPORT_STATES, type ImportState } from '../rules/import.lifecycle.js';
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

/**
 * The numbers on the workbench. Each is counted by SQL within the scope, only for whom it says something, and counts exactly the
 * rows of the list that the page opens behind it.
 */
@Injectable()
export class WorkbenchQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly imports: ImportDefinitions,
  ) {}

  async show(actor: Actor): Promise<WorkbenchView> {
    const now = await this.clock.now();
    const today = legalDateOf(now) ?? '';
    const figures: FigureView[] = [];
    for (const figure of figuresFor(actor, now, today, this.imports.kindsOf(actor))) {
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
    const there = inService(now);
    const held = holdsCertificate(today);
    const rows = await this.db.rows<{
      id: string;
      name: string;
      officers: number | string;
      certified: number | string;
    }>(
      `SELECT t.id, t.name, t.officers, t.certified FROM (
         SELECT s.id, s.name, COUNT(*) AS officers, SUM(${held.sql}) AS certified
         FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE s.path LIKE ? AND ${there.sql} GROUP BY s.id, s.name) t
       ORDER BY t.officers - t.certified DESC, t.name LIMIT ?`,
      [...held.parameters, below(actor.homeSubjectPath), ...there.parameters, MOST_BODIES],
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

function figuresFor(actor: Actor, now: number, today: string, importKinds: readonly string[]): readonly Figure[] {
  const scope = below(actor.homeSubjectPath);
  const at = new Date(now);
  const may = (permission: Parameters<Actor['permissions']['has']>[0]): boolean => actor.permissions.has(permission);
  const there = inService(now);
  const held = holdsCertificate(today);
  const suspended = standingSql('SUSPENDED', now);
  const sight = importSight(actor, importKinds);
  const officers = `FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE s.path LIKE ? AND ${there.sql}`;
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
  const imports = (key: FigureKey, states: readonly ImportState[]): Figure => ({
    key,
    sql: `FROM imports i JOIN subjects s ON s.id = i.owner_subject_id WHERE i.status IN (${marks(states)}) AND ${sight.where}`,
    parameters: [...states, ...sight.parameters],
  });
  const accounts = (key: FigureKey, sql: string, ...parameters: readonly Date[]): Figure => ({
    key,
    sql: `FROM accounts a JOIN subjects s ON s.id = a.home_subject_id WHERE s.path LIKE ? AND ${sql}`,
    parameters: [scope, ...parameters],
  });
  const entries = (key: FigureKey, sql: string): Figure => ({
    key,
    sql: `FROM audit_entries e WHERE e.recorded_at >= ? AND e.recorded_at < ? ${sql}`,
    parameters: [new Date(startOfDay(today) ?? 0), new Date(endOfDay(today) ?? now)],
  });
  const keepsAccounts = may('account.write') || may('role.write');
  const importing = [
    'import.officer-roster',
    'import.training-hours',
    'import.exam-results',
    'import.certificates',
  ] as const;
  const list: (Figure | false)[] = [
    may('officer.write') && {
      key: 'officersWithoutCertificate',
      sql: `${officers} AND NOT ${held.sql}`,
      parameters: [scope, ...there.parameters, ...held.parameters],
      of: { sql: officers, parameters: [scope, ...there.parameters] },
    },
    may('application.submit') && applications('applicationsReturned', 'RETURNED'),
    may('application.decide') && actor.roles.includes('REVIEWER') && applications('applicationsToReview', 'SUBMITTED'),
    may('application.decide') &&
      actor.roles.includes('APPROVER') &&
      applications('applicationsToApprove', 'DISTRICT_REVIEWED'),
    may('certificate.issue') && applications('applicationsToIssue', 'APPROVED'),
    may('setting.approve') && {
      key: 'settingsToApprove',
      // Nobody approves what is his own.
      sql: `FROM settings t WHERE t.superseded_at IS NULL AND t.approved_state = 'PROPOSED' AND (t.created_by IS NULL OR t.created_by <> ?)`,
      parameters: [actor.accountId],
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
    importing.some(may) && imports('importsOpen', WAITING_IMPORT_STATES),
    may('exam.write') && imports('importsRunning', RUNNING_IMPORT_STATES),
    may('business.read') && {
      key: 'certificatesExpiring',
      sql: `${certificates} AND st.status = 'VALID' AND c.valid_to BETWEEN ? AND ?`,
      parameters: [scope, today, addDays(today, EXPIRY_DAYS)],
    },
    (may('certificate.decide') || may('duty.check')) && {
      key: 'certificatesSuspended',
      sql: `${certificates} AND ${suspended.sql}`,
      parameters: [scope, ...suspended.parameters],
    },
    may('certificate.report-loss') && {
      key: 'cardsToCollect',
      sql: `FROM card_cases k JOIN officers o ON o.id = k.officer_id JOIN subjects s ON s.id = o.subject_id
        WHERE k.closed_at IS NULL AND s.path LIKE ?`,
      parameters: [scope],
    },
    (may('subject.write') || may('duty.deploy')) && {
      key: 'delegationsEnding',
      // Of either side, and whatever keeps it from working now: what is signed and not revoked runs towards its last day.
      sql: `FROM delegations d JOIN subjects p ON p.id = d.delegator_id JOIN subjects s ON s.id = d.delegatee_id
        WHERE d.stage <> 'DRAFT' AND d.valid_to BETWEEN ? AND ? AND (p.path LIKE ? OR s.path LIKE ?)
          AND NOT EXISTS (SELECT 1 FROM delegation_revocations v WHERE v.delegation_id = d.id AND v.effective_from <= ?)`,
      parameters: [today, addDays(today, EXPIRY_DAYS), scope, scope, at],
    },
    keepsAccounts && accounts('accountsActive', `a.status = 'ACTIVE'`),
    keepsAccounts && accounts('accountsLocked', 'a.locked_until > ?', at),
    keepsAccounts && accounts('accountsDisabled', `a.status = 'DISABLED'`),
    may('role.write') &&
      accounts(
        'accountsWithoutRole',
        `a.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id)`,
      ),
    may('audit.read') && entries('auditEntriesToday', ''),
    may('audit.read') && entries('signInsRefusedToday', `AND e.verb = 'session.refuse'`),
    may('audit.read') && entries('idNumbersShownToday', `AND e.verb = 'officer.reveal-id-number'`),
    may('audit.read') && entries('rolesSetToday', `AND e.verb = 'account.set-roles'`),
    may('audit.read') && entries('settingsTouchedToday', `AND e.target_type = 'setting'`),
  ];
  return list.filter((figure): figure is Figure => figure !== false);
}
