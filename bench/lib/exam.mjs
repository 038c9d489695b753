/** An exam with its candidates by SQL, and the sheet of its results as people send it: a workbook, or text in GB18030. */
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { connect } from '../../scripts/lib/external-servers.mjs';
import { readJson } from '../../scripts/lib/common.mjs';

export const HEADINGS = ['准考证号', '姓名', '身份证号', '单位', '科目', '专业领域', '成绩', '备注'];
const DOMAIN = 'URBAN_MANAGEMENT';
const PAST = new Date('2024-01-01T00:00:00Z');
const ROWS_A_STATEMENT = 2000;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const id = (kind, exam, n) =>
  `0191${kind.toString(16).padStart(4, '0')}-${exam.toString(16).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** Somebody who does not exist, with a right check digit. */
function idNumber(n) {
  const birth = new Date(Date.UTC(1985, 0, 1 + Math.floor(n / 999))).toISOString().slice(0, 10).replaceAll('-', '');
  const body = `410183${birth}${String((n % 999) + 1).padStart(3, '0')}`;
  return body + '10X98765432'[[...body].reduce((sum, digit, i) => sum + Number(digit) * WEIGHTS[i], 0) % 11];
}

const insert = async (connection, table, columns, rows) => {
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    await connection.query(`INSERT INTO ${table} (${columns}) VALUES ?`, [rows.slice(start, start + ROWS_A_STATEMENT)]);
  }
};

/** The people who sit the exams, once for a world: two rows of a sheet for each. */
export async function fillCandidates(stage, world, count) {
  const key = Buffer.from(readJson(stage.keyFile).blindIndex, 'base64');
  const indexOf = (number) => createHmac('sha256', key).update(`officers.id_number\0${number}`).digest('hex');
  const people = Array.from({ length: count }, (_, n) => ({
    id: id(1, 0, n),
    name: `考生${n}`,
    idNumber: idNumber(n),
  }));
  const connection = await connect(world.ownerUrl, { timezone: 'Z' });
  try {
    const [[{ root }]] = await connection.query('SELECT id AS root FROM subjects WHERE parent_id IS NULL');
    await insert(
      connection,
      'officers',
      `id, name, id_number_cipher, id_number_index, id_number_masked, gender, birth_date, post_title, domains_json,
       staff_category, on_establishment, subject_id, created_at`,
      people.map((one) => [
        ...[
          one.id,
          one.name,
          `g1.1.${'A'.repeat(76)}`,
          indexOf(one.idNumber),
          `410***********${one.idNumber.slice(14)}`,
        ],
        ...['MALE', '1985-01-01', 'x', `["${DOMAIN}"]`, 'CIVIL_SERVANT', 1, root, PAST],
      ]),
    );
    await insert(
      connection,
      'accounts',
      'id, username, display_name, password_hash, status, home_subject_id, created_at',
      [[id(2, 0, 0), 'bench-exam', '测量', '$none$', 'ACTIVE', root, PAST]],
    );
    await insert(connection, 'account_roles', 'account_id, role', [[id(2, 0, 0), 'EXAM_OFFICER']]);
    return { people, root, accountId: id(2, 0, 0) };
  } finally {
    await connection.end();
  }
}

let exams = 0;

/** A new exam with everybody registered for both papers. */
export async function holdExam(world, { people, root }) {
  exams += 1;
  const exam = { id: id(3, exams, 0), papers: [id(4, exams, 0), id(4, exams, 1)], people };
  const admissionNo = (n) => `2026${String(exams).padStart(3, '0')}${String(n + 1).padStart(6, '0')}`;
  const connection = await connect(world.ownerUrl, { timezone: 'Z' });
  try {
    await insert(connection, 'exams', 'id, title, held_on, status, owner_subject_id, created_at', [
      [exam.id, `测量${exams}`, '2026-06-20', 'OPEN', root, PAST],
    ]);
    await insert(connection, 'exam_papers', 'id, exam_id, subject, domain, pass_mark', [
      [exam.papers[0], exam.id, 'COMMON_LAW', '', 60],
      [exam.papers[1], exam.id, 'SPECIAL_LAW', DOMAIN, 60],
    ]);
    const registration = (n) => id(5, exams, n);
    await insert(
      connection,
      'exam_registrations',
      'id, exam_id, officer_id, admission_no, registered_at',
      people.map((one, n) => [registration(n), exam.id, one.id, admissionNo(n), PAST]),
    );
    await insert(
      connection,
      'exam_registration_papers',
      'registration_id, paper_id',
      people.flatMap((_, n) => exam.papers.map((paper) => [registration(n), paper])),
    );
    return { ...exam, registration, admissionNo };
  } finally {
    await connection.end();
  }
}

/** The rows of the sheet in the order of the admission numbers, as the pre-filled template gives them. */
function* sheetOf(exam) {
  for (let i = 0; i < exam.people.length * 2; i += 1) {
    const n = Math.floor(i / 2);
    const paper = i % 2;
    const { name, idNumber: number } = exam.people[n];
    yield [
      ...[exam.admissionNo(n), name, number, '某区综合行政执法局'],
      ...[paper === 0 ? '公共法律知识' : '专业法律知识', paper === 0 ? '' : '城市管理'],
      ...[String(((i * 37) % 1001) / 10), i % 10 === 0 ? `第${i}行，备注` : ''],
    ];
  }
}

const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function writeCsv(file, rows) {
  const lines = [HEADINGS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`);
  fs.writeFileSync(file, iconv.encode(lines.join(''), 'gb18030'));
}

const xml = (text) => text.replace(/[<>&]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[sign]);

/** As spreadsheet programs write it: texts in a table of their own, marks as numbers. */
async function writeXlsx(file, rows) {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const texts = new Map();
  const shared = (text) => {
    if (!texts.has(text)) texts.set(text, texts.size);
    return texts.get(text);
  };
  const parts = [];
  let number = 0;
  for (const row of [HEADINGS, ...rows]) {
    number += 1;
    const cells = row.map((text, column) => {
      if (text === '') return '';
      const reference = `r="${String.fromCharCode(65 + column)}${number}"`;
      if (column === 6 && number > 1) return `<c ${reference}><v>${text}</v></c>`;
      return `<c ${reference} t="s"><v>${shared(text)}</v></c>`;
    });
    parts.push(`<row r="${number}">${cells.join('')}</row>`);
  }
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const add = (name, text) => zip.addBuffer(Buffer.from(head + text), name);
  add(
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/>` +
      `<Override PartName="/xl/sharedStrings.xml" ContentType="${type}.sharedStrings+xml"/></Types>`,
  );
  const relations = (list) =>
    `<Relationships xmlns="${packages}/relationships">${list
      .map(([name, kind, target]) => `<Relationship Id="${name}" Type="${office}/${kind}" Target="${target}"/>`)
      .join('')}</Relationships>`;
  add('_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']]));
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="成绩" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    relations([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'sharedStrings', 'sharedStrings.xml'],
    ]),
  );
  add('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>${parts.join('')}</sheetData></worksheet>`);
  add(
    'xl/sharedStrings.xml',
    `<sst xmlns="${main}" uniqueCount="${texts.size}">${[...texts.keys()].map((text) => `<si><t>${xml(text)}</t></si>`).join('')}</sst>`,
  );
  zip.end();
  await new Promise((resolve, reject) =>
    zip.outputStream.pipe(fs.createWriteStream(file)).on('close', resolve).on('error', reject),
  );
}

/** The sheet of an exam in a file of the stage. @param {'csv' | 'xlsx'} format */
export async function writeSheet(stage, exam, format) {
  const file = path.join(stage.folder, `results.${format}`);
  if (format === 'csv') writeCsv(file, sheetOf(exam));
  else await writeXlsx(file, sheetOf(exam));
  return file;
}
