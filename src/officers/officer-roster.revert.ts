import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db, marks } from '../infrastructure/database/db.js';
import { ClearanceChanges } from '../infrastructure/discovery/clearance-changes.js';
import { Clock } from '../kernel/clock.js';
import type { ImportContext, RevertLock, RevertRow, UndoStep } from '../kernel/import-definition.js';
import { OfficerRecords, type StoredColumns } from './officer-records.js';
import { RosterQueries, type Resting } from './officer-roster.queries.js';
import { error } from './officer-roster.row.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import { OfficersLock, type LockedOfficer } from './officers-lock.js';

/** What an update of a known person left behind for taking it back. Ciphers only, nothing in clear. */
export interface RosterImage {
  /** The version that the import made. */
  readonly version: number;
  readonly columns: StoredColumns;
  /** The off-post order that the import made. */
  readonly orderId: string | null;
}

const TAKE_BACK: UndoStep = {
  order: 90,
  code: 'TAKE_BACK_ROSTER',
  zh: '以上都撤回之后，再撤销本次花名册导入。',
  en: 'When all of this is undone, take this roster back.',
};

/** A created officer has this version as long as nobody touched the record. */
const UNTOUCHED = 1;

/** Takes a roster back: who was created and bears nothing goes again; who was updated gets the old values, unless changed since. */
@Injectable()
export class RosterRevert {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly lock: OfficersLock,
    private readonly queries: RosterQueries,
    private readonly records: OfficerRecords,
    private readonly facts: OfficerServiceFacts,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  async execute(
    context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    const targets = rows.filter(({ state }) => state === 'CREATED' || state === 'UPDATED');
    const ids = targets.flatMap(({ targetId }) => targetId ?? []);
    const officers = dryRun ? await this.lock.peek(ids) : await this.lock.lock(ids);
    const now = await this.clock.now();
    const created = targets.filter(({ state }) => state === 'CREATED').flatMap(({ targetId }) => targetId ?? []);
    const resting = await this.queries.resting(created);
    const problems = new Map<number, readonly RevertLock[]>();
    const removing: LockedOfficer[] = [];
    const restoring: { officer: LockedOfficer; image: RosterImage }[] = [];
    for (const { rowNumber, state, targetId, before } of targets) {
      const officer = officers.get(targetId ?? '');
      if (!officer) continue;
      const image = before as RosterImage | null;
      const found = state === 'CREATED' ? whyItStays(officer, resting) : whyItKeeps(officer, image);
      if (found) problems.set(rowNumber, [found]);
      else if (state === 'CREATED') removing.push(officer);
      else if (image) restoring.push({ officer, image });
    }
    if (!dryRun) {
      await this.remove(context, removing);
      await this.restore(context, restoring, now);
    }
    return problems;
  }

  private async remove({ actor, importId }: ImportContext, officers: readonly LockedOfficer[]): Promise<void> {
    if (officers.length === 0) return;
    const ids = officers.map(({ id }) => id);
    for (const table of ['officer_off_post_orders', 'officer_assignments'])
      await this.db.execute(`DELETE FROM ${table} WHERE officer_id IN (${marks(ids)})`, ids);
    await this.db.execute(`DELETE FROM officers WHERE id IN (${marks(ids)})`, ids);
    for (const { id, name, subject_id } of officers) {
      const before = { name, subjectId: subject_id, importId };
      this.audit.record(actor, 'officer.unregister', { type: 'officer', id }, { before });
    }
  }

  private async restore(
    { actor, importId }: ImportContext,
    restoring: readonly { officer: LockedOfficer; image: RosterImage }[],
    now: number,
  ): Promise<void> {
    const reduced: string[] = [];
    const wanted = restoring.map(({ officer, image }) => ({ officer, columns: image.columns }));
    const results = await this.records.write(wanted, now, actor.accountId);
    for (const [i, { officer, image }] of restoring.entries()) {
      const done = results[i];
      if (!done) continue;
      if (image.orderId !== null) await this.db.supersede('officer_off_post_orders', image.orderId, now);
      if (!done.changed) await this.facts.touch(officer);
      if (done.assignmentCorrected || image.orderId !== null) reduced.push(officer.id);
      const detail = { before: done.before, after: { ...done.after, revertedImportId: importId } };
      this.audit.record(actor, 'officer.change', { type: 'officer', id: officer.id }, detail);
    }
    if (reduced.length > 0)
      await this.clearance.reduced({ whom: { officerIds: reduced.sort() }, cause: 'officer.roster-revert' });
  }
}

function whyItStays(officer: LockedOfficer, resting: ReadonlyMap<string, Resting>): RevertLock | null {
  const what = resting.get(officer.id);
  if (what !== undefined)
    return { ...error(null, 'IN_USE', `不能撤销：此人${what.words}。`), steps: [...what.steps, TAKE_BACK] };
  return officer.version === UNTOUCHED ? null : error(null, 'CHANGED_SINCE', '不能撤销：导入之后此人的档案已被修改。');
}

function whyItKeeps(officer: LockedOfficer, image: RosterImage | null): RevertLock | null {
  return image !== null && officer.version === image.version
    ? null
    : error(null, 'CHANGED_SINCE', '不能撤销：导入之后此人的档案已被修改。');
}
