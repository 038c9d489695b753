import { idCheckDigit } from '../rules/codes/id-number.js';

/** One line of a results sheet as text; faults change what people change by hand. */
export interface ResultLine {
  readonly exam: string;
  readonly admissionNo: string;
  readonly name: string;
  readonly idNumber: string;
  readonly unit: string;
  readonly subject: string;
  readonly domain: string;
  readonly score: string;
  readonly absent: string;
  readonly void: string;
  readonly remark: string;
}

export type Fault = (line: ResultLine, other: ResultLine) => ResultLine;

const wide = (text: string): string =>
  [...text].map((char) => (/[0-9A-Z]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char)).join('');

/** The same digits with another, wrong, last one. */
const wrongCheck = (id: string): string => id.slice(0, 17) + (id.endsWith('1') ? '2' : '1');

/** A month that no year has, with a check digit that fits. */
function noBirthDate(id: string): string {
  const first17 = `${id.slice(0, 10)}13${id.slice(12, 17)}`;
  return first17 + idCheckDigit(first17);
}

const spaced = (id: string): string => `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`;
/** How Excel shows and keeps 18 digits. */
export const asExcelShows = (id: string): string => `${id[0] ?? ''}.${id.slice(1, 6)}E+17`;
export const asExcelKeeps = (id: string): string => `${id.slice(0, 15)}000`;

/** What is wrong with the lines of the GBK file, by line; the lines between are right. */
export const RESULT_FAULTS: ReadonlyMap<number, Fault> = new Map<number, Fault>([
  [1, (line) => ({ ...line, idNumber: line.idNumber.toLowerCase() })],
  [2, (line) => ({ ...line, idNumber: spaced(line.idNumber) })],
  [4, (line) => ({ ...line, idNumber: wide(line.idNumber) })],
  [6, (line) => ({ ...line, idNumber: asExcelShows(line.idNumber) })],
  [7, (line) => ({ ...line, idNumber: asExcelKeeps(line.idNumber) })],
  [9, (line) => ({ ...line, idNumber: line.idNumber.slice(0, 17) })],
  [11, (line) => ({ ...line, idNumber: wrongCheck(line.idNumber) })],
  [13, (line) => ({ ...line, idNumber: noBirthDate(line.idNumber) })],
  [15, (line, other) => ({ ...line, idNumber: other.idNumber })],
  [17, (line) => ({ ...line, name: `${line.name.slice(0, 1)}某` })],
  [18, (line) => ({ ...line, name: [...line.name].join('　') })],
  [20, (line) => ({ ...line, admissionNo: '2020999000001' })],
  [22, (line) => ({ ...line, score: '85分' })],
  [23, (line) => ({ ...line, score: '７８．５' })],
  [25, (line) => ({ ...line, score: '合格' })],
  [26, (line) => ({ ...line, score: '85.25' })],
  [28, (line) => ({ ...line, score: '105' })],
  [30, (line) => ({ ...line, score: '' })],
  [32, (line) => ({ ...line, score: '71', absent: '是' })],
  [34, (line) => ({ ...line, score: '缺考' })],
  [35, (line) => ({ ...line, score: '', absent: '是' })],
  [37, (line) => ({ ...line, score: '违纪', remark: '携带资料' })],
  [39, (line) => ({ ...line, subject: '专业', domain: '烟草' })],
  [41, (line) => ({ ...line, subject: '体能测试', domain: '' })],
  [43, (line) => ({ ...line, name: '' })],
  [45, (line) => ({ ...line, idNumber: '' })],
  [47, (line) => ({ ...line, admissionNo: line.admissionNo.slice(0, 4) + wide(line.admissionNo.slice(4)) })],
  [49, (line) => ({ ...line, score: '—' })],
]);

/** Lines that stand in the file twice, with another score the second time. */
export const WRITTEN_TWICE: readonly number[] = [51, 53];
