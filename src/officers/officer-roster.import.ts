import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { ClearanceChanges } from '../infrastructure/discovery/clearance-changes.js';
import { Importable } from '../infrastructure/discovery/marks.js';
import type {
  Consequence,
  DamagedRow,
  Examination,
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RepairOffer,
  RevertLock,
  RevertRow,
  RowChange,
  RowOutcome,
  RowPlan,
  RowProblem,
} from '../kernel/import-definition.js';
import { newId } from '../kernel/ids.js';
import { normaliseIdNumber } from '../rules/codes/id-number.js';
import { isCertifiable } from '../rules/duty-member.rules.js';
import { LABELS } from '../rules/texts/labels.js';
import { OfficerRecords, type StoredColumns } from './officer-records.js';
import { OfficerRepairs } from './officer-repairs.js';
import { ROSTER_COLUMNS } from './officer-roster.columns.js';
import type { RosterDecision } from './officer-roster.decide.js';
import { RosterReader } from './officer-roster.reader.js';
import { RosterRevert, type RosterImage } from './officer-roster.revert.js';
import { domainsOf } from './officer-rows.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import type { LockedOfficer } from './officers-lock.js';
import { RegisterOfficers } from './register-officers.js';
import { RosterConsequencesQueries } from './roster-consequences.queries.js';

type Updating = Extract<RosterDecision, { what: 'UPDATE' }> & { readonly rowNumber: number };

/** What belongs to a roster besides deciding and writing its rows. */
@Injectable()
export class RosterDesk {
  constructor(
    readonly reverting: RosterRevert,
    readonly follows: RosterConsequencesQueries,
    readonly people: OfficerRepairs,
  ) {}
}

/** 人员花名册: registers people and brings known ones up to date. Nobody is moved to another unit or back on post by a sheet. */
@Importable()
@Injectable()
export class OfficerRosterImport implements ImportDefinition {
  readonly kind = 'OFFICER_ROSTER';
  readonly version = 1;
  readonly permission = 'import.officer-roster';
  readonly parameters = [];
  readonly columns = ROSTER_COLUMNS;
  readonly title = '行政执法人员花名册';
  readonly effects = {
    OFF_POST: { zh: '登记为离岗，不能再执法', en: 'is put off post and may no longer act' },
    CATEGORY_BARS: { zh: '人员类别改为不得持证', en: 'moves to a staff category that may hold no certificate' },
    CATEGORY_ADMITS: { zh: '人员类别改为可以持证', en: 'moves to a staff category that may hold a certificate' },
    MAY_NOT_HOLD: { zh: '新登记，人员类别不得持证', en: 'is new, of a staff category that may hold no certificate' },
    MAY_HOLD: { zh: '新登记，人员类别可以持证', en: 'is new, of a staff category that may hold a certificate' },
  };

  constructor(
    private readonly db: Db,
    private readonly reader: RosterReader,
    private readonly registerOfficers: RegisterOfficers,
    private readonly records: OfficerRecords,
    private readonly facts: OfficerServiceFacts,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
    private readonly desk: RosterDesk,
  ) {}

  naturalKey(values: ImportValues): string | null {
    return normaliseIdNumber(values['idNumber'] ?? '') || null;
  }

  async checkParameters(): Promise<void> {
    // There are none: the scope is the actor's.
  }

  async examine(context: ImportContext, rows: readonly ImportRow[]): Promise<Examination> {
    const { decisions, domainNames } = await this.reader.decide(context.actor, rows, 'look');
    const problems = new Map<number, readonly RowProblem[]>();
    const plans = new Map<number, RowPlan>();
    for (const [rowNumber, decision] of decisions) {
      const plan = this.planOf(decision, domainNames);
      if (plan) plans.set(rowNumber, plan);
      const said = [...decision.problems, ...(plan ? preview(plan) : [])];
      if (said.length > 0) problems.set(rowNumber, said);
    }
    return { problems, plans };
  }

  consequences({ importId }: ImportContext): Promise<readonly Consequence[]> {
    return this.desk.follows.of(importId);
  }

  repairs({ actor }: ImportContext, row: DamagedRow): Promise<readonly RepairOffer[]> {
    return this.desk.people.forIdNumber(actor, row, 'subjectName');
  }

  async apply(context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]> {
    const { actor, importId } = context;
    const { decisions, now, domainNames } = await this.reader.decide(actor, rows, 'lock');
    const creating = [...decisions].flatMap(([rowNumber, decision]) =>
      decision.what === 'CREATE' ? [{ rowNumber, ...decision }] : [],
    );
    const updating = [...decisions].flatMap(([rowNumber, decision]) =>
      decision.what === 'UPDATE' ? [{ rowNumber, ...decision }] : [],
    );
    const people = creating.map(({ person }) => person);
    const ids = await this.registerOfficers.execute(actor, people, now, { importId });
    const outcomes = creating.map(({ rowNumber, problems }, i): RowOutcome => ({
      rowNumber,
      state: 'CREATED',
      targetId: ids[i] ?? null,
      problems,
    }));
    outcomes.push(...(await this.update(context, updating, now, domainNames)));
    for (const [rowNumber, { what, problems }] of decisions)
      if (what === 'REFUSE') outcomes.push({ rowNumber, state: 'FAILED', targetId: null, problems });
    return outcomes.sort((a, b) => a.rowNumber - b.rowNumber);
  }

  revert(
    context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    return this.desk.reverting.execute(context, rows, dryRun);
  }

  private async update(
    { actor, importId }: ImportContext,
    updating: readonly Updating[],
    now: number,
    domainNames: ReadonlyMap<string, string>,
  ): Promise<RowOutcome[]> {
    const wanted = updating.map(({ officer, change }) => ({
      officer,
      columns: this.records.differences(officer, change),
    }));
    const plans = updating.map((decision) => this.planOf(decision, domainNames));
    const results = await this.records.write(wanted, now, actor.accountId);
    const reduced: string[] = [];
    const outcomes: RowOutcome[] = [];
    for (const [i, decision] of updating.entries()) {
      const { rowNumber, officer, offPost, problems } = decision;
      const done = results[i];
      const outcome = { rowNumber, targetId: officer.id, problems };
      if (!done || !changesSomething(wanted[i]?.columns ?? {}, offPost)) {
        outcomes.push({ ...outcome, state: 'UNCHANGED' });
        continue;
      }
      const orderId = offPost ? await this.orderOffPost(officer.id, now, actor.accountId) : null;
      if (!done.changed) await this.facts.touch(officer);
      if (offPost || done.assignmentCorrected) reduced.push(officer.id);
      const after = { ...done.after, ...(offPost ? { onPost: false } : {}), importId };
      this.audit.record(actor, 'officer.change', { type: 'officer', id: officer.id }, { before: done.before, after });
      const before: RosterImage = { version: officer.version + 1, columns: done.columns, orderId };
      const { changes = [] } = plans[i] ?? {};
      outcomes.push({ ...outcome, state: 'UPDATED', before, changes });
    }
    if (reduced.length > 0) {
      await this.clearance.reduced({ whom: { officerIds: reduced.sort() }, cause: 'officer.roster' });
    }
    return outcomes;
  }

  private async orderOffPost(officerId: string, now: number, by: string): Promise<string> {
    const id = newId();
    await this.db.insert('officer_off_post_orders', {
      id,
      officer_id: officerId,
      cause: 'OTHER',
      effective_from: new Date(now),
      recorded_at: new Date(now),
      recorded_by: by,
    });
    return id;
  }

  /** What a decision comes to; by the very differences that the commit writes. */
  private planOf(decision: RosterDecision, domainNames: ReadonlyMap<string, string>): RowPlan | null {
    if (decision.what === 'REFUSE') return null;
    if (decision.what === 'CREATE') {
      const { staffCategory, offPostFrom } = decision.person;
      const effects = [
        isCertifiable(staffCategory) ? 'MAY_HOLD' : 'MAY_NOT_HOLD',
        ...(offPostFrom === null ? [] : ['OFF_POST']),
      ];
      return { state: 'CREATED', effects };
    }
    const { officer, change, offPost } = decision;
    const columns = this.records.differences(officer, change);
    if (!changesSomething(columns, offPost)) return { state: 'UNCHANGED', targetId: officer.id };
    const changes = changesOf(officer, columns, domainNames);
    if (offPost) changes.push({ column: 'onPost', before: '在岗', after: '离岗' });
    const effects = offPost ? ['OFF_POST'] : [];
    const [before, after] = [officer.staff_category, change.staffCategory ?? officer.staff_category];
    if (isCertifiable(before) !== isCertifiable(after))
      effects.push(isCertifiable(after) ? 'CATEGORY_ADMITS' : 'CATEGORY_BARS');
    return { state: 'UPDATED', targetId: officer.id, changes, effects };
  }
}

const changesSomething = (columns: StoredColumns, offPost: boolean): boolean =>
  offPost || Object.keys(columns).length > 0;

/** BR-139: what the commit would change on a known person, in words. */
function preview({ state, changes = [] }: RowPlan): RowProblem[] {
  if (state === 'CREATED') return [];
  const fields = changes.map(
    ({ column }) => ROSTER_COLUMNS.find(({ field }) => field === column)?.headings[0] ?? column,
  );
  const detail =
    state === 'UPDATED' ? `此人已登记，将更新：${fields.join('、')}。` : '此人已登记，内容相同，不作改动。';
  return [{ column: 'idNumber', code: 'ALREADY_RECORDED', level: 'NOTE', detail }];
}

/** Stored columns as columns of the sheet. The phone number shows masked. */
const SHEET_COLUMNS: Readonly<Record<string, string>> = {
  education: 'education',
  post_title: 'postTitle',
  domains_json: 'domains',
  legal_qualification_no: 'legalQualificationNo',
  staff_category: 'staffCategory',
  on_establishment: 'onEstablishment',
  phone_masked: 'phone',
};

function changesOf(
  officer: LockedOfficer,
  columns: StoredColumns,
  domainNames: ReadonlyMap<string, string>,
): RowChange[] {
  const current = officer as unknown as StoredColumns;
  const word = (name: string, value: StoredColumns[string]): string => {
    if (value === null) return '';
    if (name === 'staff_category') return LABELS['staffCategory']?.[String(value)]?.zh ?? String(value);
    if (name === 'on_establishment') return value === 1 ? '是' : '否';
    if (name !== 'domains_json') return String(value);
    return domainsOf(String(value))
      .map((code) => domainNames.get(code) ?? code)
      .join('、');
  };
  return Object.entries(columns).flatMap(([name, value]) => {
    const column = SHEET_COLUMNS[name];
    return column === undefined
      ? []
      : [{ column, before: word(name, current[name] ?? null), after: word(name, value ?? null) }];
  });
}
