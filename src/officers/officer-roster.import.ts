import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { ClearanceChanges } from '../infrastructure/discovery/clearance-changes.js';
import { Importable } from '../infrastructure/discovery/marks.js';
import type {
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RevertRow,
  RowOutcome,
  RowProblem,
} from '../kernel/import-definition.js';
import { newId } from '../kernel/ids.js';
import { normaliseIdNumber } from '../rules/codes/id-number.js';
import { OfficerRecords } from './officer-records.js';
import { ROSTER_COLUMNS } from './officer-roster.columns.js';
import type { RosterDecision } from './officer-roster.decide.js';
import { RosterReader } from './officer-roster.reader.js';
import { RosterRevert, type RosterImage } from './officer-roster.revert.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import { RegisterOfficers } from './register-officers.js';

type Updating = Extract<RosterDecision, { what: 'UPDATE' }> & { readonly rowNumber: number };

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

  constructor(
    private readonly db: Db,
    private readonly reader: RosterReader,
    private readonly registerOfficers: RegisterOfficers,
    private readonly records: OfficerRecords,
    private readonly facts: OfficerServiceFacts,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
    private readonly reverting: RosterRevert,
  ) {}

  naturalKey(values: ImportValues): string | null {
    return normaliseIdNumber(values['idNumber'] ?? '') || null;
  }

  async checkParameters(): Promise<void> {
    // There are none: the scope is the actor's.
  }

  async examine(
    context: ImportContext,
    rows: readonly ImportRow[],
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>> {
    const { decisions } = await this.reader.decide(context.actor, rows, 'look');
    return new Map(
      [...decisions].flatMap(([rowNumber, decision]) => {
        const problems = [...decision.problems, ...this.preview(decision)];
        return problems.length > 0 ? [[rowNumber, problems] as const] : [];
      }),
    );
  }

  async apply(context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]> {
    const { actor, importId } = context;
    const { decisions, now } = await this.reader.decide(actor, rows, 'lock');
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
    outcomes.push(...(await this.update(context, updating, now)));
    for (const [rowNumber, { what, problems }] of decisions)
      if (what === 'REFUSE') outcomes.push({ rowNumber, state: 'FAILED', targetId: null, problems });
    return outcomes.sort((a, b) => a.rowNumber - b.rowNumber);
  }

  revert(
    context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>> {
    return this.reverting.execute(context, rows, dryRun);
  }

  private async update(
    { actor, importId }: ImportContext,
    updating: readonly Updating[],
    now: number,
  ): Promise<RowOutcome[]> {
    const wanted = updating.map(({ officer, change }) => ({
      officer,
      columns: this.records.differences(officer, change),
    }));
    const results = await this.records.write(wanted, now, actor.accountId);
    const reduced: string[] = [];
    const outcomes: RowOutcome[] = [];
    for (const [i, { rowNumber, officer, offPost, problems }] of updating.entries()) {
      const done = results[i];
      const outcome = { rowNumber, targetId: officer.id, problems };
      if (!done || (!done.changed && !offPost)) {
        outcomes.push({ ...outcome, state: 'UNCHANGED' });
        continue;
      }
      const orderId = offPost ? await this.orderOffPost(officer.id, now, actor.accountId) : null;
      if (!done.changed) await this.facts.touch(officer);
      if (offPost || done.assignmentCorrected) reduced.push(officer.id);
      const after = { ...done.after, ...(offPost ? { onPost: false } : {}), importId };
      this.audit.record(actor, 'officer.change', { type: 'officer', id: officer.id }, { before: done.before, after });
      const before: RosterImage = { version: officer.version + 1, columns: done.columns, orderId };
      outcomes.push({ ...outcome, state: 'UPDATED', before });
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

  /** BR-139: what the commit would change on a known person. Never a phone number. */
  private preview(decision: RosterDecision): RowProblem[] {
    if (decision.what !== 'UPDATE') return [];
    const columns = Object.keys(this.records.differences(decision.officer, decision.change));
    const fields = columns.filter((name) => name !== 'phone_cipher').map((name) => FIELD_NAMES[name] ?? name);
    if (decision.offPost) fields.push('离岗');
    const detail =
      fields.length > 0 ? `此人已登记，将更新：${fields.join('、')}。` : '此人已登记，内容相同，不作改动。';
    return [{ column: 'idNumber', code: 'ALREADY_RECORDED', level: 'NOTE', detail }];
  }
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  education: '学历',
  post_title: '执法岗位',
  domains_json: '执法领域',
  legal_qualification_no: '法律职业资格证号',
  staff_category: '人员类别',
  on_establishment: '是否在编',
  phone_masked: '联系电话',
};
