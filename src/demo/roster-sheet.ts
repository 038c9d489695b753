import type { INestApplicationContext } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { writeWorkbook, type XlsxValue } from '../infrastructure/files/index.js';
import { OfficerIdentity } from '../officers/index.js';
import { syntheticName } from './names.data.js';
import { syntheticIdNumber, syntheticPhone } from './synthetic-codes.js';

const HEADINGS = [
  '序号',
  '单位名称',
  '统一社会信用代码',
  '内设机构(科室)',
  '姓名',
  '性别',
  '民族',
  '身份证号',
  '出生日期',
  '政治面貌',
  '学历',
  '专业',
  '人员类别(编制性质)',
  '是否在编',
  '是否在岗',
  '职务',
  '职级',
  '参加工作时间',
  '执法岗位',
  '执法领域',
  '联系电话',
  '任职起始日期',
  '备注',
] as const;

interface RosterLine {
  readonly unit: string;
  readonly name: string;
  readonly gender: string;
  readonly idNumber: XlsxValue;
  readonly birthDate: string;
  readonly education: string;
  readonly category: string;
  readonly onEstablishment: string;
  readonly onPost: string;
  readonly post: string;
  readonly domain: string;
  readonly phone: string;
  readonly since: string;
}

const PEOPLE = 30;
/** After the 480 of the register. */
const FIRST_SERIAL = 481;

/** What is wrong with the lines of the roster, by line. */
const FAULTS: ReadonlyMap<number, Partial<RosterLine> | ((line: RosterLine) => Partial<RosterLine>)> = new Map<
  number,
  Partial<RosterLine> | ((line: RosterLine) => Partial<RosterLine>)
>([
  [2, ({ idNumber }) => ({ idNumber: Number(String(idNumber).slice(0, 15) + '000') })],
  [4, ({ gender }) => ({ gender: gender === '男' ? '女' : '男' })],
  [6, { category: '协管员' }],
  [7, { category: '网格员', onEstablishment: '否' }],
  [9, { unit: '中原区环境卫生管理站' }],
  [11, { category: '编外人员（待定）' }],
  [12, { birthDate: '1980.2.30' }],
  [13, { birthDate: '1991年6月1日' }],
  [15, ({ idNumber }) => ({ idNumber: String(idNumber).slice(0, 17) + (String(idNumber).endsWith('3') ? '4' : '3') })],
  [17, { name: '' }],
  [19, { since: '6月1日' }],
  [20, { since: '2026.6.1' }],
  [22, ({ name }) => ({ name: [...name].join('　') })],
  [24, { domain: '空气动力' }],
  [26, { category: '劳务派遣', onEstablishment: '否' }],
  [27, { onPost: '也许' }],
]);

/** A roster of new people of two units, with faults, one line twice and one person who is registered already. */
export async function writeRosterXlsx(app: INestApplicationContext, path: string): Promise<void> {
  const lines = Array.from({ length: PEOPLE }, (_, i) => newPerson(i));
  const faulty = lines.map((line, i) => {
    const fault = FAULTS.get(i);
    return { ...line, ...(typeof fault === 'function' ? fault(line) : fault) };
  });
  const known = await registered(app);
  const all = [...faulty, ...(lines[0] ? [{ ...lines[0], post: '监督检查岗' }] : []), ...known];
  await writeWorkbook(path, {
    sheets: [
      {
        name: '人员花名册',
        columns: HEADINGS.map((_heading, i) => ({
          header: i === 0 ? '行政执法人员花名册（上报）' : '',
          width: i === 7 ? 24 : 14,
        })),
        rows: [[...HEADINGS], ...all.map(cellsOf), ['合计', '', '', '', `${all.length} 人`]],
      },
    ],
  });
}

function newPerson(i: number): RosterLine {
  const gender = i % 3 === 0 ? 'FEMALE' : 'MALE';
  const { idNumber, birthDate } = syntheticIdNumber(FIRST_SERIAL + i, gender);
  return {
    unit: i % 2 === 0 ? '棉纺路街道办事处' : '中原区城市管理局',
    name: syntheticName(FIRST_SERIAL + i, gender),
    gender: gender === 'MALE' ? '男' : '女',
    idNumber,
    birthDate,
    education: i % 4 === 0 ? '大专' : '本科',
    category: i % 5 === 0 ? '参公' : '公务员',
    onEstablishment: '是',
    onPost: '是',
    post: '执法一中队执法员',
    domain: '城市管理',
    phone: syntheticPhone(FIRST_SERIAL + i),
    since: '',
  };
}

/** Somebody of the register, with another post: the preview shows the difference. */
async function registered(app: INestApplicationContext): Promise<readonly RosterLine[]> {
  const row = await app
    .get(Db)
    .row<{ id: string; name: string; gender: string; birth_date: string; id_number_cipher: string }>(
      `SELECT o.id, o.name, o.gender, o.birth_date, o.id_number_cipher FROM officers o JOIN subjects s ON s.id = o.subject_id
     WHERE s.name = '中原区城市管理局' AND o.staff_category = 'CIVIL_SERVANT' ORDER BY o.id LIMIT 1`,
    );
  if (!row) return [];
  const idNumber = app.get(OfficerIdentity, { strict: false }).openIdNumber(row.id, row.id_number_cipher);
  const gender = row.gender === 'MALE' ? '男' : '女';
  return [
    { ...newPerson(1), name: row.name, gender, idNumber, birthDate: row.birth_date, post: '法制审核岗', phone: '' },
  ];
}

const cellsOf = (line: RosterLine, i: number): XlsxValue[] => [
  i + 1,
  line.unit,
  '',
  '执法中队',
  line.name,
  line.gender,
  '汉族',
  line.idNumber,
  line.birthDate,
  '群众',
  line.education,
  '法学',
  line.category,
  line.onEstablishment,
  line.onPost,
  '',
  '',
  '',
  line.post,
  line.domain,
  line.phone,
  line.since,
  '',
];
