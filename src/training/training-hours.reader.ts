import { Injectable } from '@nestjs/common';
import { normaliseText } from '../infrastructure/files/cell-normalisation.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import type { ImportRow, RowProblem } from '../kernel/import-definition.js';
import { OfficerDirectory, type KnownOfficer } from '../officers/index.js';
import { legalDateOf } from '../rules/calendar.js';
import { checkIdNumber, type IdNumberCode } from '../rules/codes/id-number.js';
import { explain } from '../rules/refusal-texts.js';
import { judgeEnrolment } from '../rules/training-enrolment.rules.js';
import { TrainingClasses, type Enrolment, type LockedClass } from './training-classes.js';
import { HOURS_COLUMNS } from './training-hours.columns.js';

/** One row, decided. `entry` is null where the row cannot be taken. */
export interface DecidedRow {
  readonly rowNumber: number;
  readonly problems: readonly RowProblem[];
  readonly entry: { readonly officerId: string; readonly hours: number; readonly enrolment: Enrolment | null } | null;
}

interface ReadRow {
  readonly rowNumber: number;
  readonly problems: RowProblem[];
  readonly idNumber: string | null;
  readonly name: string;
  readonly hours: number | null;
}

const ID_NUMBER_PROBLEMS: Readonly<Record<IdNumberCode, string>> = {
  ID_MALFORMED: '身份证号应为 18 位：17 位数字加 1 位数字或 X。请对照身份证重填。',
  ID_BIRTH_DATE: '身份证号第 7 至 14 位不是有效的出生日期。请对照身份证重填。',
  ID_CHECK_DIGIT: '身份证号的校验码不符，有一位数字填错了。请对照身份证重填。',
  ID_STORED_AS_NUMBER: '身份证号在 Excel 里被存成了数字，后 3 位已经丢失，无法还原。请从原始资料重填。',
};
const MOST_HOURS = 999;

const problem = (
  column: string | null,
  code: string,
  detail: string,
  level: RowProblem['level'] = 'ERROR',
): RowProblem => ({
  column,
  code,
  level,
  detail,
});

/** Reads rows of hours and decides them against the class and the register: some queries for all of them together. */
@Injectable()
export class TrainingHoursReader {
  constructor(
    private readonly clock: Clock,
    private readonly directory: OfficerDirectory,
    private readonly classes: TrainingClasses,
  ) {}

  async decide(actor: Actor, training: LockedClass, rows: readonly ImportRow[]): Promise<DecidedRow[]> {
    const today = legalDateOf(await this.clock.now()) ?? '';
    const read = rows.map((row) => readRow(row, training, today));
    const people = await this.directory.byIdNumbers(
      actor,
      read.flatMap(({ idNumber }) => idNumber ?? []),
    );
    const enrolments = await this.classes.enrolments(
      training.id,
      [...people.values()].map(({ id }) => id),
    );
    let seatsLeft = await this.classes.seatsLeft(training);
    const seen = new Set<string>();
    return read.map((row): DecidedRow => {
      const officer = row.idNumber === null ? undefined : people.get(row.idNumber);
      const enrolment = officer ? (enrolments.get(officer.id) ?? null) : null;
      judge(row, officer, training, enrolment === null ? seatsLeft : null, seen);
      const { rowNumber, problems, hours } = row;
      if (!officer || hours === null || problems.some(({ level }) => level === 'ERROR'))
        return { rowNumber, problems, entry: null };
      if (byHand(enrolment) && enrolment.attended !== hours) {
        const detail = `已由人工登记 ${enrolment.attended} 学时，导入后将改为 ${hours} 学时。`;
        problems.push(problem('hours', 'ALREADY_RECORDED', detail, 'WARNING'));
      }
      if (enrolment === null && seatsLeft !== null) seatsLeft -= 1;
      return { rowNumber, problems, entry: { officerId: officer.id, hours, enrolment } };
    });
  }
}

/** Hours that somebody entered in person, not by a sheet. */
const byHand = (enrolment: Enrolment | null): enrolment is Enrolment & { readonly attended: number } =>
  enrolment !== null && enrolment.importId === null && enrolment.attended !== null;

/** Adds what speaks against a row once the register is known. */
function judge(
  row: ReadRow,
  officer: KnownOfficer | undefined,
  training: LockedClass,
  seatsLeft: number | null,
  seen: Set<string>,
): void {
  const { idNumber, name, problems } = row;
  if (training.status === 'CLOSED') problems.push(problem(null, 'CLASS_CLOSED', '培训班已结班，不能再登记学时。'));
  if (idNumber === null) return;
  if (!officer) {
    problems.push(problem('idNumber', 'OFFICER_UNKNOWN', '本辖区没有登记这个身份证号的人员。请核对，或先登记该人员。'));
    return;
  }
  if (name !== '' && name !== officer.name)
    problems.push(problem('name', 'NAME_MISMATCH', '姓名与登记的不一致。请核对姓名与身份证号。'));
  if (seen.has(idNumber))
    problems.push(problem('idNumber', 'DUPLICATE_IN_FILE', '同一身份证号在文件中出现不止一次。请只保留一行。'));
  seen.add(idNumber);
  const { title, starts_on: startsOn, capacity } = training;
  const verdict = judgeEnrolment({ title, startsOn, capacity, seatsLeft, leftFrom: officer.leftFrom });
  for (const reason of verdict.reasons) problems.push(problem('idNumber', reason.code, explain(reason).zh));
}

function readRow({ rowNumber, values }: ImportRow, training: LockedClass, today: string): ReadRow {
  const problems: RowProblem[] = [];
  const text = (field: string): string => normaliseText(values[field] ?? '').value;
  for (const { field, required, headings } of HOURS_COLUMNS)
    if (required && text(field) === '')
      problems.push(problem(field, 'REQUIRED_MISSING', `请填写“${headings[0] ?? field}”。`));
  if (text('className') !== '' && bare(text('className')) !== bare(training.title)) {
    const detail = '表中的培训班与所选的培训班名称不同，请确认没有选错。';
    problems.push(problem('className', 'CLASS_MISMATCH', detail, 'WARNING'));
  }
  return {
    rowNumber,
    problems,
    idNumber: readIdNumber(text('idNumber'), today, problems),
    name: text('name'),
    hours: readHours(text('hours'), training, problems),
  };
}

const bare = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

function readIdNumber(text: string, today: string, problems: RowProblem[]): string | null {
  if (text === '') return null;
  const checked = checkIdNumber(text, today);
  if (!checked.ok) problems.push(problem('idNumber', checked.code, ID_NUMBER_PROBLEMS[checked.code]));
  return checked.ok ? checked.value : null;
}

function readHours(text: string, training: LockedClass, problems: RowProblem[]): number | null {
  if (text === '') return null;
  const found = /^(\d{1,6})(?:\.(\d+))?(?:个?(?:小时|学时|课时))?$/.exec(text.replace(/\s+/g, ''));
  const hours = found ? Number(`${found[1]}.${found[2] ?? '0'}`) : Number.NaN;
  if (Number.isNaN(hours) || /[1-9]/.test((found?.[2] ?? '').slice(1))) {
    problems.push(problem('hours', 'HOURS_MALFORMED', '学时应为不小于 0 的数，最多一位小数。'));
    return null;
  }
  if (hours > MOST_HOURS) {
    problems.push(problem('hours', 'HOURS_OUT_OF_RANGE', `学时不能超过 ${MOST_HOURS}。`));
    return null;
  }
  if (hours > Number(training.hours)) {
    const detail = `超过培训班的 ${Number(training.hours)} 学时，确认时按培训班学时计。`;
    problems.push(problem('hours', 'HOURS_CAPPED', detail, 'NOTE'));
  }
  return hours;
}
