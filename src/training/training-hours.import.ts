import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db, marks } from '../infrastructure/database/db.js';
import { Importable } from '../infrastructure/discovery/marks.js';
import { Clock } from '../kernel/clock.js';
import type {
  Examination,
  DamagedRow,
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RepairOffer,
  RevertLock,
  RevertRow,
  RowOutcome,
  RowPlan,
  UndoStep,
} from '../kernel/import-definition.js';
import { normaliseIdNumber } from '../rules/codes/id-number.js';
import { OfficerRepairs } from '../officers/index.js';
import { needOpen, TrainingClasses, type Enrolment } from './training-classes.js';
import { HOURS_COLUMNS } from './training-hours.columns.js';
import { TrainingHoursReader, type DecidedRow } from './training-hours.reader.js';

/** What a row left behind for taking it back. */
interface HoursImage {
  readonly old: number | null;
  readonly set: number;
}

/** 学时登记: enrols people in one open class and records how long they were there. */
@Importable()
@Injectable()
export class TrainingHoursImport implements ImportDefinition {
  readonly kind = 'TRAINING_HOURS';
  readonly version = 1;
  readonly permission = 'import.training-hours';
  readonly parameters = ['trainingClassId'];
  readonly columns = HOURS_COLUMNS;
  readonly title = '培训学时登记表';
  readonly effects = {
    HOURS_ENOUGH: { zh: '达到培训班学时', en: 'reaches the hours of the class' },
    HOURS_SHORT: { zh: '未达到培训班学时', en: 'stays below the hours of the class' },
    HOURS_LOWERED: { zh: '已登记的学时减少', en: 'recorded hours become fewer' },
  };

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly classes: TrainingClasses,
    private readonly reader: TrainingHoursReader,
    private readonly audit: AuditTrail,
    private readonly people: OfficerRepairs,
  ) {}

  naturalKey(values: ImportValues): string | null {
    return normaliseIdNumber(values['idNumber'] ?? '') || null;
  }

  /** @throws Problem 404, 409 CLASS_CLOSED */
  async checkParameters({ actor, parameters }: ImportContext): Promise<void> {
    needOpen(await this.classes.peek(actor, parameters['trainingClassId'] ?? ''));
  }

  async examine({ actor, parameters }: ImportContext, rows: readonly ImportRow[]): Promise<Examination> {
    const training = await this.classes.peek(actor, parameters['trainingClassId'] ?? '');
    const decided = await this.reader.decide(actor, training, rows);
    return {
      problems: new Map(
        decided.flatMap(({ rowNumber, problems }) => (problems.length > 0 ? [[rowNumber, problems] as const] : [])),
      ),
      plans: new Map(
        decided.flatMap(({ rowNumber, entry }) =>
          entry ? [[rowNumber, planOf(entry, Number(training.hours))] as const] : [],
        ),
      ),
    };
  }

  async apply(context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]> {
    const { actor, importId, parameters } = context;
    const training = await this.classes.lock(actor, parameters['trainingClassId'] ?? '');
    const decided = await this.reader.decide(actor, training, rows);
    const now = await this.clock.now();
    const entering: Enrolment[] = [];
    const updating: { officerId: string; hours: number }[] = [];
    const outcomes = decided.map(({ rowNumber, problems, entry }): RowOutcome => {
      if (entry === null) return { rowNumber, state: 'FAILED', targetId: null, problems };
      const { officerId, hours, enrolment } = entry;
      const before: HoursImage = { old: enrolment?.attended ?? null, set: hours };
      const { state, changes } = planOf(entry, Number(training.hours));
      const outcome = { rowNumber, state, targetId: officerId, problems };
      if (state === 'UNCHANGED') return outcome;
      if (state === 'CREATED') entering.push({ officerId, attended: hours, importId });
      else updating.push({ officerId, hours });
      return { ...outcome, before, ...(changes ? { changes } : {}) };
    });
    await this.classes.enrol(training.id, entering, now);
    await this.classes.setAttended(training.id, updating);
    if (entering.length + updating.length > 0) {
      await this.classes.raiseVersion(training.id);
      const records = [...entering.map(({ officerId, attended }) => ({ officerId, hours: attended })), ...updating];
      this.audit.record(
        actor,
        'training-class.import-hours',
        { type: 'training-class', id: training.id },
        { after: { importId, records } },
      );
    }
    return outcomes;
  }

  repairs({ actor }: ImportContext, row: DamagedRow): Promise<readonly RepairOffer[]> {
    return this.people.forIdNumber(actor, row);
  }

  async revert(
    { actor, importId, parameters }: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    const id = parameters['trainingClassId'] ?? '';
    const training = dryRun ? await this.classes.peek(actor, id) : await this.classes.lock(actor, id);
    const targets = rows.filter(({ state }) => state === 'CREATED' || state === 'UPDATED');
    const enrolments = await this.classes.enrolments(
      id,
      targets.flatMap(({ targetId }) => targetId ?? []),
    );
    const problems = new Map<number, readonly RevertLock[]>();
    const removing: string[] = [];
    const restoring: { officerId: string; hours: number | null }[] = [];
    for (const { rowNumber, state, targetId, before } of targets) {
      const enrolment = enrolments.get(targetId ?? '');
      const image = before as HoursImage | null;
      if (!enrolment) continue;
      if (training.status === 'CLOSED') problems.set(rowNumber, [locked('CLASS_CLOSED', '培训班已结班，学时已确认')]);
      else if (
        image === null ||
        enrolment.attended !== image.set ||
        (state === 'CREATED' && enrolment.importId !== importId)
      )
        problems.set(rowNumber, [locked('CHANGED_SINCE', '导入之后学时已被修改')]);
      else if (state === 'CREATED') removing.push(enrolment.officerId);
      else restoring.push({ officerId: enrolment.officerId, hours: image.old });
    }
    if (dryRun || removing.length + restoring.length === 0) return problems;
    if (removing.length > 0) {
      await this.db.execute(
        `DELETE FROM training_enrolments WHERE class_id = ? AND officer_id IN (${marks(removing)})`,
        [id, ...removing],
      );
    }
    await this.classes.setAttended(id, restoring);
    await this.classes.raiseVersion(id);
    this.audit.record(
      actor,
      'training-class.revert-hours',
      { type: 'training-class', id },
      { after: { importId, removed: removing, restored: restoring } },
    );
    return problems;
  }
}

/** What a row comes to: a new enrolment, other hours for a known one, or nothing. Preview and commit ask here. */
function planOf({ officerId, hours, enrolment }: NonNullable<DecidedRow['entry']>, whole: number): RowPlan {
  const effects = [hours >= whole ? 'HOURS_ENOUGH' : 'HOURS_SHORT'];
  if (enrolment === null) return { state: 'CREATED', targetId: officerId, effects };
  if (enrolment.attended === hours) return { state: 'UNCHANGED', targetId: officerId };
  if (enrolment.attended !== null && hours < enrolment.attended) effects.push('HOURS_LOWERED');
  const before = enrolment.attended === null ? '' : String(enrolment.attended);
  return {
    state: 'UPDATED',
    targetId: officerId,
    changes: [{ column: 'hours', before, after: String(hours) }],
    effects,
  };
}

const STEPS: Readonly<Record<string, readonly UndoStep[]>> = {
  CLASS_CLOSED: [
    {
      order: 10,
      code: 'CORRECT_HOURS',
      zh: '培训班已结班，学时已确认：请逐人更正学时，不能整批撤销。',
      en: 'The class is closed and its hours are confirmed: correct them person by person.',
    },
  ],
  CHANGED_SINCE: [
    {
      order: 20,
      code: 'RESTORE_HOURS',
      zh: '把导入之后改过的学时改回导入时的值，再撤销本次导入。',
      en: 'Set hours changed after the import back to what it wrote, then take the import back.',
    },
  ],
};

const locked = (code: string, why: string): RevertLock => ({
  column: null,
  code,
  level: 'ERROR',
  detail: `不能撤销：${why}。`,
  steps: STEPS[code] ?? [],
});
