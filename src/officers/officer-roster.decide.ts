import type { RowProblem } from '../kernel/import-definition.js';
import type { NewOfficer } from './register-officers.js';
import { error, warning, type RosterRow } from './officer-roster.row.js';
import type { OfficerChange } from './officer-records.js';
import type { LockedOfficer } from './officers-lock.js';
import type { Registered, Units } from './officer-roster.queries.js';
import type { DepartureRow, OffPostRow } from './officer-rows.js';
import { plain } from './officer-roster.columns.js';

/** What is known about the people of some rows, read in bulk. */
export interface RosterFacts {
  readonly now: number;
  readonly units: Units;
  /** Who is registered, by blind index, in whatever unit. */
  readonly registered: ReadonlyMap<string, Registered>;
  /** Those of them that are within the scope, by id. */
  readonly officers: ReadonlyMap<string, LockedOfficer>;
  readonly departures: ReadonlyMap<string, DepartureRow>;
  readonly orders: ReadonlyMap<string, OffPostRow>;
}

export type RosterDecision =
  | { readonly what: 'REFUSE'; readonly problems: readonly RowProblem[] }
  | { readonly what: 'CREATE'; readonly problems: readonly RowProblem[]; readonly person: NewOfficer }
  | {
      readonly what: 'UPDATE';
      readonly problems: readonly RowProblem[];
      readonly officer: LockedOfficer;
      readonly change: OfficerChange;
      readonly offPost: boolean;
    };

/** What a row means against the register: a new person, a change of a known one, or why neither. */
export function decideRosterRow(row: RosterRow, index: string | null, facts: RosterFacts): RosterDecision {
  const problems = [...row.problems];
  const subjectId = unitOf(row, facts.units, problems);
  const knownId = index === null ? undefined : facts.registered.get(index)?.id;
  const known = knownId === undefined ? undefined : facts.officers.get(knownId);
  if (knownId !== undefined && (!known || !facts.units.ids.has(known.subject_id))) {
    problems.push(error('idNumber', 'ALREADY_RECORDED', '此人已在其他单位登记。请联系原单位办理调动，不要重复登记。'));
    return { what: 'REFUSE', problems };
  }
  if (known) return decideKnown(row, known, subjectId, facts, problems);
  const { idNumber, staffCategory, onEstablishment, onPost } = row;
  if (
    problems.some(({ level }) => level === 'ERROR') ||
    subjectId === null ||
    idNumber === null ||
    staffCategory === null ||
    onEstablishment === null ||
    onPost === null
  ) {
    return { what: 'REFUSE', problems };
  }
  const assignedFrom = row.assignedFrom ?? facts.now;
  const person: NewOfficer = {
    name: row.name,
    idNumber,
    gender: row.gender,
    birthDate: row.birthDate,
    staffCategory,
    onEstablishment,
    education: row.education || null,
    phone: row.phone || null,
    legalQualificationNo: row.legalQualificationNo || null,
    subjectId,
    postTitle: row.postTitle,
    domains: row.domains,
    assignedFrom,
    offPostFrom: onPost ? null : assignedFrom,
  };
  return { what: 'CREATE', problems, person };
}

function decideKnown(
  row: RosterRow,
  officer: LockedOfficer,
  subjectId: string | null,
  { now, departures, orders }: RosterFacts,
  problems: RowProblem[],
): RosterDecision {
  const departure = departures.get(officer.id);
  if (row.name !== '' && row.name !== officer.name) {
    const detail = '此身份证号已登记在另一姓名之下。请核对姓名与身份证号；确属更名的，在人员档案中修改姓名。';
    problems.push(error('name', 'NAME_MISMATCH', detail));
  }
  if (subjectId !== null && subjectId !== officer.subject_id)
    problems.push(error('subjectName', 'ALREADY_RECORDED', '此人已登记在本辖区的另一单位。请办理调动，不要重复登记。'));
  if (departure && departure.effective_from.getTime() <= now)
    problems.push(error('idNumber', 'ALREADY_RECORDED', '此人已登记为离职，不能由花名册恢复。'));
  if (problems.some(({ level }) => level === 'ERROR')) return { what: 'REFUSE', problems };
  const order = orders.get(officer.id);
  if (row.onPost === true && order)
    problems.push(
      warning('onPost', 'OFF_POST', '系统记有离岗令，花名册不会解除它。确已回岗的，请在人员档案中办理回岗。'),
    );
  const change: OfficerChange = {
    postTitle: row.postTitle,
    domains: row.domains,
    ...(row.staffCategory === null ? {} : { staffCategory: row.staffCategory }),
    ...(row.onEstablishment === null ? {} : { onEstablishment: row.onEstablishment }),
    ...(row.education === '' ? {} : { education: row.education }),
    ...(row.phone === '' ? {} : { phone: row.phone }),
    ...(row.legalQualificationNo === '' ? {} : { legalQualificationNo: row.legalQualificationNo }),
  };
  return { what: 'UPDATE', problems, officer, change, offPost: row.onPost === false && !order };
}

/** The unit by credit code or by exact name; both must agree where both are given. */
function unitOf({ subjectName, uscc }: RosterRow, units: Units, problems: RowProblem[]): string | null {
  if (subjectName === '' && uscc === '') return null;
  const named = subjectName === '' ? [] : (units.byName.get(plain(subjectName)) ?? []);
  const refuse = (column: string, detail: string): null => {
    problems.push(error(column, 'SUBJECT_UNKNOWN', detail));
    return null;
  };
  if (uscc !== '') {
    const byCode = units.byCode.get(uscc);
    if (byCode === undefined)
      return refuse('uscc', '本辖区内没有这个统一社会信用代码的单位。请核对代码，或先登记该单位。');
    if (subjectName !== '' && !named.includes(byCode))
      return refuse('subjectName', '单位名称与统一社会信用代码指的不是同一单位。请核对后只保留正确的一项。');
    return byCode;
  }
  if (named.length > 1) return refuse('subjectName', '本辖区内有不止一个单位叫这个名称。请填写统一社会信用代码。');
  return named[0] ?? refuse('subjectName', '本辖区内没有这个名称的单位。请填写登记的全称，或填写统一社会信用代码。');
}
