/** Exams, sheets of their results with known faults, and an oracle that shares nothing with the product. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import iconv from 'iconv-lite';
import type { Connection } from 'mysql2/promise';
import { readKeys } from '../../src/infrastructure/config/keys.js';
import { PersonalData } from '../../src/infrastructure/crypto/personal-data.js';
import { writeWorkbook } from '../../src/infrastructure/files/xlsx-writer.js';
import { newId } from '../../src/kernel/ids.js';
import { idNumber } from './codes.js';
import type { Client, Product } from './product.js';

const PAST = new Date('2024-01-01T00:00:00Z');
const DOMAIN = 'URBAN_MANAGEMENT';
const HEADINGS = ['准考证号', '姓名', '身份证号', '单位', '科目', '专业领域', '成绩', '备注'] as const;

/** Numbers between 0 and 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

// ---- who sits the exam

export interface Officer {
  readonly id: string;
  readonly name: string;
  readonly idNumber: string;
}
export interface Candidate extends Officer {
  readonly registrationId: string;
  readonly admissionNo: string;
}
export interface Exam {
  readonly id: string;
  readonly commonPaper: string;
  readonly specialPaper: string;
  readonly candidates: readonly Candidate[];
}

async function insert(connection: Connection, table: string, columns: string, rows: unknown[][]): Promise<void> {
  for (let start = 0; start < rows.length; start += 2000) {
    await connection.query(`INSERT INTO ${table} (${columns}) VALUES ?`, [rows.slice(start, start + 2000)]);
  }
}

/** People, two rows of a sheet for each. */
export async function insertOfficers(
  connection: Connection,
  product: Product,
  subjectId: string,
  count: number,
): Promise<Officer[]> {
  const sealed = new PersonalData(readKeys(product.keyFile));
  const officers = Array.from({ length: count }, (_, i) => ({
    id: newId(),
    name: `考生${i}`,
    idNumber: idNumber(i),
  }));
  await insert(
    connection,
    'officers',
    `id, name, id_number_cipher, id_number_index, id_number_masked, gender, birth_date, post_title, domains_json,
     staff_category, on_establishment, subject_id, created_at`,
    officers.map(({ id, name, idNumber: number }) => [
      ...[
        id,
        name,
        sealed.encrypt(number, `officers.id_number.${id}`),
        sealed.blindIndex(number, 'officers.id_number'),
      ],
      ...[`410***********${number.slice(14)}`, Number(number[16]) % 2 === 1 ? 'MALE' : 'FEMALE', '1985-01-01', 'x'],
      ...[`["${DOMAIN}"]`, 'CIVIL_SERVANT', 1, subjectId, PAST],
    ]),
  );
  return officers;
}

/** An exam over HTTP; its candidates by SQL. */
export async function holdExam(
  connection: Connection,
  examOfficer: Client,
  officers: readonly Officer[],
  title: string,
): Promise<Exam> {
  const created = await examOfficer.post('/exams', {
    title,
    heldOn: '2026-06-20',
    papers: [{ subject: 'COMMON_LAW' }, { subject: 'SPECIAL_LAW', domain: DOMAIN }],
  });
  if (created.status !== 201) throw new Error(`no exam: ${JSON.stringify(created.body).slice(0, 500)}`);
  const id = String(created.body['id']);
  const [papers] = await connection.query('SELECT id, subject FROM exam_papers WHERE exam_id = ?', [id]);
  const paper = (subject: string): string =>
    (papers as { id: string; subject: string }[]).find((found) => found.subject === subject)?.id ?? '';
  const [numbered] = await connection.query('SELECT exam_no FROM exams WHERE id = ?', [id]);
  const examNo = (numbered as { exam_no: number }[])[0]?.exam_no ?? 0;
  const candidates = officers.map((officer, i) => ({
    ...officer,
    registrationId: newId(),
    admissionNo: `2026${String(examNo).padStart(3, '0')}${String(i + 1).padStart(6, '0')}`,
  }));
  await insert(
    connection,
    'exam_registrations',
    'id, exam_id, officer_id, admission_no, registered_at',
    candidates.map(({ registrationId, id: officerId, admissionNo }) => [
      registrationId,
      id,
      officerId,
      admissionNo,
      PAST,
    ]),
  );
  const exam = { id, commonPaper: paper('COMMON_LAW'), specialPaper: paper('SPECIAL_LAW'), candidates };
  await insert(
    connection,
    'exam_registration_papers',
    'registration_id, paper_id',
    candidates.flatMap(({ registrationId }) => [
      [registrationId, exam.commonPaper],
      [registrationId, exam.specialPaper],
    ]),
  );
  return exam;
}

// ---- the file

export type Line = readonly string[];

/** One line for each candidate and paper, shuffled, one in a hundred with a fault of one of seven kinds.
 * @param faulty share of lines that are spoiled */
export function makeLines(exam: Exam, next: () => number, faulty = 0.01): Line[] {
  const lines = exam.candidates.flatMap((candidate, i) =>
    [0, 1].map((paper): string[] => [
      candidate.admissionNo,
      candidate.name,
      candidate.idNumber,
      '考试,单位',
      paper === 0 ? '公共法律知识' : '专业法律知识',
      paper === 0 ? '' : '城市管理',
      next() < 0.02 ? '缺考' : String(Math.floor(next() * 1001) / 10),
      `第${i}人"备注"`,
    ]),
  );
  for (let i = lines.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [lines[i], lines[j]] = [lines[j] ?? [], lines[i] ?? []];
  }
  const spoil: ((line: string[]) => void)[] = [
    (line) => (line[0] = '2026999999999'),
    (line) => (line[1] = '别人'),
    (line) => (line[2] = idNumber(300_000)),
    (line) => (line[4] = '没有的科目'),
    (line) => (line[6] = '100.5'),
    (line) => (line[6] = ''),
    // The line of another one a second time: neither of the two counts.
    (line) => {
      const twin = lines[Math.floor(next() * lines.length)] ?? line;
      if (twin !== line && judge(exam, twin) !== null) line.splice(0, line.length, ...twin);
    },
  ];
  for (let k = 0; k < Math.ceil(lines.length * faulty); k++) {
    const line = lines[Math.floor(next() * lines.length)];
    if (line && judge(exam, line) !== null) spoil[k % spoil.length]?.(line);
  }
  return lines;
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** As Chinese spreadsheet programs save it: GB18030 without a mark. */
export function csvOf(lines: readonly Line[]): Buffer {
  return iconv.encode(`${[HEADINGS, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`, 'gb18030');
}

export async function xlsxOf(lines: readonly Line[]): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'chizheng-import-kills-'));
  try {
    const path = join(folder, 'results.xlsx');
    const columns = HEADINGS.map((header) => ({ header, text: true }));
    await writeWorkbook(path, { sheets: [{ name: '成绩', columns, rows: lines }] });
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// ---- the oracle: its own readers of the file and its own reading of a line, nothing of the product

/** Lines by the number that a spreadsheet program shows. */
export type Read = ReadonlyMap<number, Line>;

export function readCsv(bytes: Buffer): Read {
  const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  const lines = new Map<number, Line>();
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[++i] ?? '';
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') {
      lines.set(lines.size + 1, [...cells, cell.replace(/\r$/, '')]);
      cells = [];
      cell = '';
    } else cell += char;
  }
  return lines;
}

export async function readXlsx(bytes: Buffer): Promise<Read> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const lines = new Map<number, Line>();
  workbook.worksheets[0]?.eachRow((row, number) => {
    lines.set(
      number,
      HEADINGS.map((_, i) => row.getCell(i + 1).text),
    );
  });
  return lines;
}

export interface Meant {
  readonly registrationId: string;
  readonly officerId: string;
  readonly paperId: string;
  readonly score: string | null;
}

const byAdmission = new WeakMap<Exam, ReadonlyMap<string, Candidate>>();

/** What a line means by itself; null when it must be refused. */
function judge(exam: Exam, [admissionNo, name, number, , subject, domain, score = '']: Line): Meant | null {
  const known =
    byAdmission.get(exam) ?? new Map(exam.candidates.map((candidate) => [candidate.admissionNo, candidate]));
  byAdmission.set(exam, known);
  const candidate = known.get(admissionNo ?? '');
  if (!candidate || candidate.name !== name || candidate.idNumber !== number) return null;
  const paperId =
    subject === '公共法律知识'
      ? exam.commonPaper
      : subject === '专业法律知识' && domain === '城市管理'
        ? exam.specialPaper
        : null;
  const isScore = /^\d{1,3}(\.\d)?$/.test(score) && Number(score) <= 100;
  if (paperId === null || !(isScore || score === '缺考')) return null;
  const { registrationId, id } = candidate;
  return { registrationId, officerId: id, paperId, score: isScore ? Number(score).toFixed(1) : null };
}

export const keyOf = ({ registrationId, paperId }: Pick<Meant, 'registrationId' | 'paperId'>): string =>
  `${registrationId} ${paperId}`;

/** What each line of the file must come to, and what must then be recorded. */
export function expectation(
  exam: Exam,
  read: Read,
): { states: Map<number, 'CREATED' | 'INVALID'>; results: Map<string, Meant> } {
  const lines = [...read]
    .filter(([number]) => number > 1)
    .map(([number, line]) => ({ number, line, meant: judge(exam, line) }));
  const asked = new Map<string, number>();
  for (const { line } of lines) {
    const key = [line[0], line[4], line[5]].join('|');
    asked.set(key, (asked.get(key) ?? 0) + 1);
  }
  const states = new Map<number, 'CREATED' | 'INVALID'>();
  const results = new Map<string, Meant>();
  for (const { number, line, meant } of lines) {
    const alone = asked.get([line[0], line[4], line[5]].join('|')) === 1;
    states.set(number, meant && alone ? 'CREATED' : 'INVALID');
    if (meant && alone) results.set(keyOf(meant), meant);
  }
  return { states, results };
}
