import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import { createConnection, type Connection } from 'mysql2/promise';
import { readKeys } from '../../src/infrastructure/config/keys.js';
import { PersonalData } from '../../src/infrastructure/crypto/personal-data.js';
import { connectionParts } from '../../src/infrastructure/database/engine.js';
import { writeWorkbook } from '../../src/infrastructure/files/xlsx-writer.js';
import { newId } from '../../src/kernel/ids.js';
import { idNumber } from '../support/codes.js';
import { eventually, startProduct, type Client, type Product } from '../support/product.js';

/** `npm run faults -- import` runs 100,000 rows and 5 kills of each file. */
const ROWS = Number(process.env['ROWS'] ?? 6000);
const KILLS = Number(process.env['KILLS'] ?? 3);
/** In the usual run the second file is killed once: each kill costs the length of a lease. */
const XLSX_KILLS = process.env['KILLS'] === undefined ? 1 : KILLS;
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const FAULTY = 0.01;
const PAST = new Date('2024-01-01T00:00:00Z');
const DOMAIN = 'URBAN_MANAGEMENT';
const HEADINGS = ['准考证号', '姓名', '身份证号', '单位', '科目', '专业领域', '成绩', '备注'] as const;
const BOUND_MS = 1_800_000;

/** Numbers between 0 and 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

// ---- who sits the exam

interface Officer {
  readonly id: string;
  readonly name: string;
  readonly idNumber: string;
}
interface Candidate extends Officer {
  readonly registrationId: string;
  readonly admissionNo: string;
}
interface Exam {
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

async function insertOfficers(connection: Connection, product: Product, subjectId: string): Promise<Officer[]> {
  const sealed = new PersonalData(readKeys(product.keyFile));
  const officers = Array.from({ length: ROWS / 2 }, (_, i) => ({
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
async function holdExam(
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

type Line = readonly string[];

/** One line for each candidate and paper, shuffled, one in a hundred with a fault of one of seven kinds. */
function makeLines(exam: Exam, next: () => number): Line[] {
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
  for (let k = 0; k < Math.ceil(ROWS * FAULTY); k++) {
    const line = lines[Math.floor(next() * lines.length)];
    if (line && judge(exam, line) !== null) spoil[k % spoil.length]?.(line);
  }
  return lines;
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function csvOf(lines: readonly Line[]): Buffer {
  return Buffer.from(`\ufeff${[HEADINGS, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`);
}

async function xlsxOf(lines: readonly Line[]): Promise<Buffer> {
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
type Read = ReadonlyMap<number, Line>;

function readCsv(bytes: Buffer): Read {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
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

async function readXlsx(bytes: Buffer): Promise<Read> {
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

interface Meant {
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

const keyOf = ({ registrationId, paperId }: Pick<Meant, 'registrationId' | 'paperId'>): string =>
  `${registrationId} ${paperId}`;

/** What each line of the file must come to, and what must then be recorded. */
function expectation(
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

// ---- the kills

const PHASES = ['PARSING', 'VALIDATING', 'COMMITTING'] as const;
type Phase = (typeof PHASES)[number];

interface Progress {
  readonly status: string;
  readonly done_rows: number;
  readonly stage: string;
}

class Killer {
  done = 0;
  lastAt = 0;
  readonly moments: string[] = [];

  constructor(
    private readonly product: Product,
    private readonly importId: string,
    private readonly next: () => number,
  ) {}

  private async progress(): Promise<Progress> {
    const [row] = await this.product.rows<Progress>('SELECT status, done_rows, stage FROM imports WHERE id = ?', [
      this.importId,
    ]);
    if (!row) throw new Error('the import is gone');
    return row;
  }

  /** Kills the worker `count` times in this phase, at random places spread over it. @returns kills that came too late */
  async during(phase: Phase, count: number): Promise<number> {
    for (let k = 0; k < count; k++) {
      const place = ((k + this.next()) / count) * ROWS * 0.8;
      for (;;) {
        const { status, done_rows } = await this.progress();
        const order = PHASES.indexOf(status as Phase);
        if (order > PHASES.indexOf(phase) || !['RECEIVED', ...PHASES].includes(status)) return count - k;
        if (status === phase && done_rows >= place) break;
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
      await new Promise((resolve) => setTimeout(resolve, this.next() * 60));
      await this.product.killWorker();
      const after = await this.progress();
      if (!['RECEIVED', ...PHASES].includes(after.status)) return count - k;
      this.moments.push(`${after.status} ${after.done_rows}`);
      this.done += 1;
      this.lastAt = Date.now();
    }
    return 0;
  }
}

interface ImportView {
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly problem?: unknown;
}

describe('an import whose worker is killed again and again', () => {
  let product: Product;
  let connection: Connection;
  let examOfficer: Client;
  let officers: Officer[];

  beforeAll(async () => {
    product = await startProduct();
    connection = await createConnection({ ...connectionParts(product.databaseUrl), timezone: 'Z' });
    examOfficer = await product.signIn('exam-officer');
    const me = await examOfficer.get<{ homeSubject: { id: string } }>('/auth/me');
    officers = await insertOfficers(connection, product, me.body.homeSubject.id);
  }, 600_000);
  afterAll(async () => {
    await connection?.end();
    await product?.stop();
  });

  it.each([
    {
      format: 'csv',
      kills: KILLS,
      write: async (lines: readonly Line[]) => csvOf(lines),
      read: async (bytes: Buffer) => readCsv(bytes),
    },
    { format: 'xlsx', kills: XLSX_KILLS, write: xlsxOf, read: readXlsx },
  ])(
    '$format: every row arrives once, at its own candidate and paper',
    async ({ format, kills, write, read }) => {
      const next = random(SEED + format.length);
      const exam = await holdExam(connection, examOfficer, officers, `导入${format}`);
      const file = await write(makeLines(exam, next));
      const { states, results } = expectation(exam, await read(file));
      expect(states.size).toBe(ROWS);

      const uploaded = await examOfficer.upload('EXAM_RESULTS', { examId: exam.id }, `成绩.${format}`, file);
      expect(uploaded.status).toBe(202);
      const importId = String(uploaded.body['id']);
      const killer = new Killer(product, importId, next);
      const share = (phase: number): number => Math.floor(kills / 3) + (phase < kills % 3 ? 1 : 0);
      // A short phase may be over before its kills: the next phase takes them.
      let late = await killer.during('PARSING', share(1));
      late = await killer.during('VALIDATING', share(2) + late);
      const seen = async (): Promise<ImportView> => (await examOfficer.get<ImportView>(`/imports/${importId}`)).body;
      const settled = ({ status }: ImportView): boolean => !['RECEIVED', ...PHASES].includes(status);
      expect(await eventually(seen, settled, BOUND_MS)).toMatchObject({ status: 'VALIDATED' });
      const commit = await examOfficer.post(`/imports/${importId}/commit`, { policy: 'VALID_ROWS_ONLY' });
      expect(commit.status).toBe(202);
      late = await killer.during('COMMITTING', share(0) + late);
      const view = await eventually(seen, settled, BOUND_MS);
      const seconds = (Date.now() - killer.lastAt) / 1000;

      const stored = await product.rows<{
        registration_id: string;
        officer_id: string;
        paper_id: string;
        outcome: string;
        score: string | null;
        import_id: string;
        version: number;
      }>(
        'SELECT registration_id, officer_id, paper_id, outcome, score, import_id, version FROM exam_results WHERE exam_id = ?',
        [exam.id],
      );
      const found = new Map(
        stored.map((row) => [keyOf({ registrationId: row.registration_id, paperId: row.paper_id }), row]),
      );
      const lost = [...results.keys()].filter((key) => !found.has(key)).length;
      // Written twice: a line that is there without having been asked for, or was written over.
      const doubled = [...found].filter(([key, { version }]) => !results.has(key) || version !== 1).length;
      const wrong = [...results].filter(([key, meant]) => {
        const row = found.get(key);
        return (
          row !== undefined &&
          (row.score !== meant.score ||
            row.officer_id !== meant.officerId ||
            row.outcome !== (meant.score === null ? 'ABSENT' : 'SCORED') ||
            row.import_id !== importId)
        );
      }).length;
      process.stdout.write(
        `import with kills: ${format}: ${ROWS} rows (${results.size} sound), ${killer.done} kills (${killer.moments.join(', ')}), ` +
          `${lost} lost, ${doubled} doubled, ${wrong} wrong, ${seconds.toFixed(1)} s from the last kill to the end, seed ${SEED}\n`,
      );
      expect({ lost, doubled, wrong, late, status: view.status }).toEqual({
        lost: 0,
        doubled: 0,
        wrong: 0,
        late: 0,
        status: 'PARTIALLY_COMPLETED',
      });
      expect(killer.done).toBe(kills);

      const rows = await product.rows<{ row_no: number; state: string }>(
        'SELECT row_no, state FROM import_results WHERE import_id = ?',
        [importId],
      );
      expect(rows).toHaveLength(ROWS);
      expect(rows.filter(({ row_no, state }) => states.get(row_no) !== state)).toEqual([]);
      expect(view.counts).toMatchObject({
        total: ROWS,
        created: results.size,
        invalid: ROWS - results.size,
        updated: 0,
        unchanged: 0,
        skipped: 0,
        failed: 0,
      });
      const chunks = (
        await product.rows<{ after_json: string }>(
          `SELECT after_json FROM audit_entries WHERE verb = 'import.commit-rows' AND target_id = ? ORDER BY seq`,
          [importId],
        )
      ).map(({ after_json }) => JSON.parse(after_json) as { from: number; to: number; states: Record<string, number> });
      expect(chunks.reduce((sum, { states: made }) => sum + (made['CREATED'] ?? 0), 0)).toBe(results.size);
      expect(chunks.filter(({ from }, i) => from <= (chunks[i - 1]?.to ?? 0))).toEqual([]);
    },
    3_600_000,
  );

  it('the audit chain holds', async () => {
    const auditor = await product.signIn('auditor');
    const verified = await auditor.post<{ ok: boolean; entries: number }>('/audit/verify');
    expect(verified.body).toMatchObject({ ok: true });
    expect(verified.body.entries).toBeGreaterThan(0);
  }, 300_000);
});
