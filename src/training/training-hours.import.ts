import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db, marks } from '../infrastructure/database/db.js';
import { Importable } from '../infrastructure/discovery/marks.js';
import { Clock } from '../kernel/clock.js';
import type {
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RevertRow,
  RowOutcome,
  RowProblem,
} from '../kernel/import-definition.js';
import { normaliseIdNumber } from '../rules/codes/id-number.js';
import { needOpen, TrainingClasses, type Enrolment } from './training-classes.js';
import { HOURS_COLUMNS } from './training-hours.columns.js';
import { TrainingHoursReader } from './training-hours.reader.js';

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

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly classes: TrainingClasses,
    private readonly reader: TrainingHoursReader,
    private readonly audit: AuditTrail,
  ) {}

  naturalKey(values: ImportValues): string | null {
    return normaliseIdNumber(values['idNumber'] ?? '') || null;
  }

  /** @throws Problem 404, 409 CLASS_CLOSED */
  async checkParameters({ actor, parameters }: ImportContext): Promise<void> {
    needOpen(await this.classes.peek(actor, parameters['trainingClassId'] ?? ''));
  }

  async examine(
    { actor, parameters }: ImportContext,
    rows: readonly ImportRow[],
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>> {
    const training = await this.classes.peek(actor, parameters['trainingClassId'] ?? '');
    const decided = await this.reader.decide(actor, training, rows);
    return new Map(
      decided.flatMap(({ rowNumber, problems }) => (problems.length > 0 ? [[rowNumber, problems] as const] : [])),
    );
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
      const outcome = { rowNumber, targetId: officerId, problems };
      if (enrolment === null) {
        entering.push({ officerId, attended: hours, importId });
        return { ...outcome, state: 'CREATED', before };
      }
      if (enrolment.attended === hours) return { ...outcome, state: 'UNCHANGED' };
      updating.push({ officerId, hours });
      return { ...outcome, state: 'UPDATED', before };
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

  async revert(
    { actor, importId, parameters }: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>> {
    const id = parameters['trainingClassId'] ?? '';
    const training = dryRun ? await this.classes.peek(actor, id) : await this.classes.lock(actor, id);
    const targets = rows.filter(({ state }) => state === 'CREATED' || state === 'UPDATED');
    const enrolments = await this.classes.enrolments(
      id,
      targets.flatMap(({ targetId }) => targetId ?? []),
    );
    const problems = new Map<number, readonly RowProblem[]>();
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

const locked = (code: string, why: string): RowProblem => ({
  column: null,
  code,
  level: 'ERROR',
  detail: `不能撤销：${why}。`,
});
