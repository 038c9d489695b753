import type { INestApplicationContext } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { writeCsv, writeWorkbook, type XlsxValue } from '../infrastructure/files/index.js';
import { OfficerIdentity } from '../officers/index.js';
import { Chance } from './chance.js';
import { asExcelKeeps, RESULT_FAULTS, WRITTEN_TWICE, type ResultLine } from './sheet-faults.js';

const HEADINGS = [
  '考试批次',
  '准考证号',
  '姓名',
  '身份证号',
  '单位',
  '科目(公共/专业)',
  '专业领域',
  '成绩',
  '缺考标记',
  '违纪标记',
  '是否合格',
  '备注',
] as const;
const WIDTH = HEADINGS.length;

interface Row {
  readonly title: string;
  readonly officer_id: string;
  readonly admission_no: string;
  readonly name: string;
  readonly id_number_cipher: string;
  readonly unit_name: string;
  readonly subject: string;
  readonly domain: string;
  readonly domains_json: string;
}

/** The lines that would be right for the exam that waits for its results; empty when there is none. */
export async function resultLines(app: INestApplicationContext): Promise<readonly ResultLine[]> {
  const identity = app.get(OfficerIdentity, { strict: false });
  const rows = await app.get(Db).rows<Row>(
    `SELECT e.title, r.officer_id, r.admission_no, o.name, o.id_number_cipher, u.name AS unit_name, p.subject, p.domain,
            (SELECT s.value_json FROM settings s WHERE s.setting_key = 'dict.domains' AND s.superseded_at IS NULL
             ORDER BY s.effective_from DESC LIMIT 1) AS domains_json
     FROM (SELECT id, title FROM exams WHERE status = 'OPEN' ORDER BY exam_no LIMIT 1) e
     JOIN exam_registrations r ON r.exam_id = e.id JOIN officers o ON o.id = r.officer_id
     JOIN subjects u ON u.id = o.subject_id JOIN exam_registration_papers rp ON rp.registration_id = r.id
     JOIN exam_papers p ON p.id = rp.paper_id ORDER BY r.admission_no, p.subject, p.domain`,
  );
  const chance = new Chance(85);
  const dictionary = JSON.parse(rows[0]?.domains_json ?? '[]') as { code: string; nameZh: string }[];
  const names = new Map(dictionary.map(({ code, nameZh }) => [code, nameZh]));
  return rows.map((row) => ({
    exam: row.title,
    admissionNo: row.admission_no,
    name: row.name,
    idNumber: identity.openIdNumber(row.officer_id, row.id_number_cipher),
    unit: row.unit_name,
    subject: row.subject === 'COMMON_LAW' ? '公共法律知识' : '专业法律知识',
    domain: names.get(row.domain) ?? '',
    score: String(48 + chance.below(100) / 2),
    absent: '',
    void: '',
    remark: '',
  }));
}

const cells = (line: ResultLine): string[] => [
  line.exam,
  line.admissionNo,
  line.name,
  line.idNumber,
  line.unit,
  line.subject,
  line.domain,
  line.score,
  line.absent,
  line.void,
  '',
  line.remark,
];
const titled = (text: string): string[] => [text, ...Array<string>(WIDTH - 1).fill('')];

/** GBK, title rows, a line of totals, and some twenty ways to get a line wrong. */
export async function writeDirtyCsv(path: string, lines: readonly ResultLine[]): Promise<void> {
  const body = lines.flatMap((line, i) => {
    const other = lines[(i + 7) % lines.length] ?? line;
    const written = RESULT_FAULTS.get(i)?.(line, other) ?? withLowerX(line);
    return WRITTEN_TWICE.includes(i) ? [written, { ...written, score: '66' }] : [written];
  });
  const total = ['合计', `共 ${body.length} 行`, ...Array<string>(WIDTH - 2).fill('')];
  await writeCsv(path, {
    encoding: 'gbk',
    header: titled(`${lines[0]?.exam ?? ''}成绩汇总表`),
    rows: [titled('填报单位：中原区司法局'), [...HEADINGS], ...body.map(cells), total, titled('制表人：考务管理员')],
  });
}

const withLowerX = (line: ResultLine): ResultLine => ({ ...line, idNumber: line.idNumber.replace(/X$/, 'x') });

/** Title rows, and ID numbers that Excel has kept as numbers: their last three digits are gone. */
export async function writeNumbersXlsx(path: string, lines: readonly ResultLine[]): Promise<void> {
  const rows: XlsxValue[][] = [titled('填报单位：中原区司法局（请勿改动表头）'), [...HEADINGS]];
  for (const [i, line] of lines.entries()) {
    const row: XlsxValue[] = cells(line);
    // Who pasted as text kept the number whole.
    if (!line.idNumber.endsWith('X') && i % 8 !== 5) row[3] = Number(asExcelKeeps(line.idNumber));
    row[7] = Number(line.score);
    rows.push(row);
  }
  const title = `${lines[0]?.exam ?? ''}成绩登记表`;
  const columns = HEADINGS.map((_heading, i) => ({ header: i === 0 ? title : '', width: i === 3 ? 24 : 16 }));
  await writeWorkbook(path, { sheets: [{ name: '成绩', columns, rows }] });
}
