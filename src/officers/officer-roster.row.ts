import { normaliseText } from '../infrastructure/files/cell-normalisation.js';
import { parseDateCell } from '../infrastructure/files/date-cell.js';
import type { ImportRow, RowProblem } from '../kernel/import-definition.js';
import { addMonths, startOfDay } from '../rules/calendar.js';
import { checkIdNumber, type IdNumberCode } from '../rules/codes/id-number.js';
import type { StaffCategory } from '../rules/duty-facts.js';
import { judgeRegistration } from '../rules/officer-service.rules.js';
import { plain, readCategory, readGender, readYesNo, ROSTER_COLUMNS, splitDomains } from './officer-roster.columns.js';

/** A row as far as it can be read by itself. A field with a problem is missing. */
export interface RosterRow {
  readonly rowNumber: number;
  readonly problems: RowProblem[];
  readonly idNumber: string | null;
  readonly birthDate: string;
  readonly gender: 'MALE' | 'FEMALE';
  readonly name: string;
  readonly subjectName: string;
  readonly uscc: string;
  readonly staffCategory: StaffCategory | null;
  readonly onEstablishment: boolean | null;
  readonly onPost: boolean | null;
  readonly postTitle: string;
  readonly domains: readonly string[];
  readonly education: string;
  readonly phone: string;
  readonly legalQualificationNo: string;
  /** Instant, or null: from the commit on. */
  readonly assignedFrom: number | null;
}

export const error = (column: string | null, code: string, detail: string): RowProblem => ({
  column,
  code,
  level: 'ERROR',
  detail,
});
export const warning = (column: string | null, code: string, detail: string): RowProblem => ({
  ...error(column, code, detail),
  level: 'WARNING',
});

export const ID_NUMBER_PROBLEMS: Readonly<Record<IdNumberCode, string>> = {
  ID_MALFORMED: '身份证号应为 18 位：17 位数字加 1 位数字或 X。请对照身份证重填。',
  ID_BIRTH_DATE: '身份证号第 7 至 14 位不是有效的出生日期。请对照身份证重填。',
  ID_CHECK_DIGIT: '身份证号的校验码不符，有一位数字填错了。请对照身份证重填。',
  ID_STORED_AS_NUMBER: '身份证号在 Excel 里被存成了数字，后 3 位已经丢失，无法还原。请从原始资料重填。',
};

const LIMITS: Readonly<Record<string, number>> = {
  name: 100,
  education: 40,
  postTitle: 100,
  legalQualificationNo: 60,
};
const PHONE = /^\+?[0-9][0-9 -]{4,18}[0-9]$/;

/** Reads one row. `domains` are the codes of the dictionary by code and by name. */
export function readRosterRow(
  { rowNumber, values }: ImportRow,
  today: string,
  domainCodes: ReadonlyMap<string, string>,
): RosterRow {
  const problems: RowProblem[] = [];
  const text = (field: string): string => normaliseText(values[field] ?? '').value;
  for (const { field, required, headings } of ROSTER_COLUMNS) {
    if (required && text(field) === '')
      problems.push(error(field, 'REQUIRED_MISSING', `请填写“${headings[0] ?? field}”。`));
    const limit = LIMITS[field];
    if (limit !== undefined && [...text(field)].length > limit)
      problems.push(error(field, 'TEXT_TOO_LONG', `最多 ${limit} 个字。`));
  }
  if (text('subjectName') === '' && text('uscc') === '')
    problems.push(error('subjectName', 'REQUIRED_MISSING', '请填写“单位名称”或“统一社会信用代码”。'));
  const category = readStaffCategory(text('staffCategory'), problems);
  return {
    rowNumber,
    problems,
    ...readPerson(text, today, problems),
    name: text('name'),
    subjectName: text('subjectName'),
    uscc: plain(text('uscc')),
    staffCategory: category,
    onEstablishment: yesNo('onEstablishment', text, problems),
    onPost: yesNo('onPost', text, problems),
    postTitle: text('postTitle'),
    domains: readDomains(text('domains'), domainCodes, problems),
    education: text('education'),
    phone: readPhone(text('phone'), problems),
    legalQualificationNo: text('legalQualificationNo'),
    assignedFrom: readAssignedFrom(text('assignedFrom'), today, problems),
  };
}

type Text = (field: string) => string;

function readPerson(
  text: Text,
  today: string,
  problems: RowProblem[],
): Pick<RosterRow, 'idNumber' | 'birthDate' | 'gender'> {
  const nobody = { idNumber: null, birthDate: '', gender: 'MALE' } as const;
  if (text('idNumber') === '') return nobody;
  const checked = checkIdNumber(text('idNumber'), today);
  if (!checked.ok) {
    problems.push(error('idNumber', checked.code, ID_NUMBER_PROBLEMS[checked.code]));
    return nobody;
  }
  const gender = text('gender');
  if (gender !== '' && readGender(gender) !== checked.gender) {
    const detail = `性别与身份证号不符：按身份证号应为“${checked.gender === 'MALE' ? '男' : '女'}”。请核对是哪一项填错。`;
    problems.push(error('gender', 'ID_MISMATCH', detail));
  }
  if (text('birthDate') !== '') {
    const born = parseDateCell(text('birthDate'));
    if (born.state === 'MALFORMED')
      problems.push(error('birthDate', 'DATE_MALFORMED', '出生日期读不出来，请写成 1990-01-31。'));
    else if (born.state === 'DATE' && born.date !== checked.birthDate)
      problems.push(error('birthDate', 'ID_MISMATCH', '出生日期与身份证号不符，请核对是哪一项填错。'));
  }
  return { idNumber: checked.value, birthDate: checked.birthDate, gender: checked.gender };
}

function readStaffCategory(text: string, problems: RowProblem[]): StaffCategory | null {
  if (text === '') return null;
  const category = readCategory(text);
  if (category === null) {
    problems.push(error('staffCategory', 'STAFF_CATEGORY_UNKNOWN', '不认识这个人员类别，请从下拉列表中选择。'));
    return null;
  }
  if (!judgeRegistration(category).allowed || category === 'AUXILIARY') {
    const detail = '协管员、网格员等辅助人员不得登记为执法人员，请从花名册中移出，另册管理。';
    problems.push(error('staffCategory', 'AUXILIARY_NOT_AN_OFFICER', detail));
    return null;
  }
  return category;
}

function yesNo(field: string, text: Text, problems: RowProblem[]): boolean | null {
  if (text(field) === '') return null;
  const value = readYesNo(text(field));
  if (value === null) problems.push(error(field, 'YES_NO_MALFORMED', '请填“是”或“否”。'));
  return value;
}

function readDomains(text: string, codes: ReadonlyMap<string, string>, problems: RowProblem[]): string[] {
  const named = splitDomains(text);
  const unknown = named.filter((name) => !codes.has(name));
  if (unknown.length > 0)
    problems.push(error('domains', 'DOMAIN_UNKNOWN', '有不认识的执法领域，请用系统字典中的名称，多个用顿号分开。'));
  return [...new Set(named.flatMap((name) => codes.get(name) ?? []))];
}

function readPhone(text: string, problems: RowProblem[]): string {
  if (text === '' || PHONE.test(text)) return text;
  problems.push(warning('phone', 'PHONE_MALFORMED', '联系电话读不出来，不予保存；登记后可补填。'));
  return '';
}

/** Before the republic nobody served it; a service that is to begin in more than a year is a slip of the pen. */
const FIRST_DAY = '1949-10-01';
const MONTHS_AHEAD = 12;

function readAssignedFrom(text: string, today: string, problems: RowProblem[]): number | null {
  const read = parseDateCell(text);
  if (read.state === 'BLANK') return null;
  if (read.state === 'MALFORMED') {
    problems.push(error('assignedFrom', 'DATE_MALFORMED', '任职起始日期读不出来，请写成 2024-03-01。'));
    return null;
  }
  if (read.date < FIRST_DAY || read.date > addMonths(today, MONTHS_AHEAD)) {
    const detail = '任职起始日期应在 1949-10-01 与今天起一年之间。请核对年份。';
    problems.push(error('assignedFrom', 'DATE_MALFORMED', detail));
    return null;
  }
  return startOfDay(read.date);
}
