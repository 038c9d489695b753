import type { ImportColumn } from '../kernel/import-definition.js';
import { STAFF_CATEGORIES, type StaffCategory } from '../rules/duty-facts.js';
import { AUXILIARY, type NamedCategory } from '../rules/officer-service.rules.js';
import { LABELS } from '../rules/texts/labels.js';

/** How unit clerks write the categories; the first name is the one of the law book. */
const ALIASES: Readonly<Record<StaffCategory, readonly string[]>> = {
  CIVIL_SERVANT: ['行政编制', '行政', '公务员(行政编制)', '行政编'],
  REF_CIVIL_SERVANT: [
    '参公',
    '参公管理人员',
    '参公事业',
    '参公事业编制',
    '参照公务员法管理',
    '参照公务员法管理人员',
    '参照公务员管理人员',
    '参照公务员',
  ],
  PUBLIC_INSTITUTION: ['事业编制', '事业编', '事业', '事业人员', '事业单位人员', '全供事业编制', '全额事业编制'],
  LOGISTICS_WORKER: ['工勤', '机关工勤', '工勤编制', '机关工勤人员'],
  CONTRACT: ['合同工', '合同制', '合同制人员', '劳动合同制', '聘用制', '聘用人员', '编外聘用'],
  TEMPORARY: ['临时', '临时人员', '临聘', '临聘人员', '临时聘用'],
  DISPATCHED_LABOUR: ['劳务派遣', '派遣', '派遣人员', '派遣制'],
  SECONDED: ['借调', '借用', '借用人员', '抽调', '抽调人员', '临时借调'],
  PUBLIC_WELFARE_POST: ['公益性岗位', '公益岗', '公益岗位', '公益岗人员'],
  REHIRED: ['返聘', '返聘人员', '退休返聘'],
};
const AUXILIARY_NAMES = [
  AUXILIARY,
  '辅助人员',
  '辅助',
  '执法辅助人员',
  '行政执法辅助人员',
  '协管员',
  '协管',
  '协管人员',
  '城管协管员',
  '网格员',
  '网格管理员',
];

const zhOf = (code: StaffCategory): string => LABELS['staffCategory']?.[code]?.zh ?? code;
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

const CATEGORIES: ReadonlyMap<string, NamedCategory> = new Map<string, NamedCategory>([
  ...STAFF_CATEGORIES.flatMap((code) =>
    [code, zhOf(code), ...ALIASES[code]].map((name) => [plain(name), code] as const),
  ),
  ...AUXILIARY_NAMES.map((name) => [plain(name), AUXILIARY] as const),
]);

/** The category that a cell names, by code, name or alias; null for an unknown word. */
export const readCategory = (text: string): NamedCategory | null => CATEGORIES.get(plain(text)) ?? null;

const YES = new Set(['是', '在编', '在岗', 'Y', 'YES', 'TRUE', '1', '√', '✓', '有'].map(plain));
const NO = new Set(
  ['否', '不在编', '非在编', '编外', '不在岗', '离岗', 'N', 'NO', 'FALSE', '0', '×', '✗', '无'].map(plain),
);

/** 是 or 否 in their spellings; null for an unknown word. */
export const readYesNo = (text: string): boolean | null =>
  YES.has(plain(text)) ? true : NO.has(plain(text)) ? false : null;

const GENDERS: ReadonlyMap<string, 'MALE' | 'FEMALE'> = new Map([
  ...['男', '男性', 'MALE', 'M'].map((word) => [word, 'MALE'] as const),
  ...['女', '女性', 'FEMALE', 'F'].map((word) => [word, 'FEMALE'] as const),
]);
export const readGender = (text: string): 'MALE' | 'FEMALE' | null => GENDERS.get(plain(text)) ?? null;

/** 执法领域 of one cell: several names or codes, separated as people do. */
export const splitDomains = (text: string): string[] => [
  ...new Set(
    text
      .normalize('NFKC')
      .split(/[、,;/|\s]+/)
      .map(plain)
      .filter((name) => name !== ''),
  ),
];

const YES_NO = [
  { code: 'true', zh: '是' },
  { code: 'false', zh: '否' },
] as const;

/** A column of the official form that this register does not hold: mapped, so that nobody wonders, and not kept. */
const notKept = (field: string, ...headings: string[]): ImportColumn => ({
  field,
  headings,
  cell: 'text',
  required: false,
  note: '本系统不保存此栏',
  maxLength: 2000,
});

/** 人员花名册, domain.md 11.1. */
export const ROSTER_COLUMNS: readonly ImportColumn[] = [
  notKept('serial', '序号'),
  {
    field: 'subjectName',
    headings: ['单位名称', '单位', '工作单位', '所在单位', '单位全称'],
    cell: 'text',
    required: false,
    note: '与统一社会信用代码至少填一项；须与系统登记的名称一致',
  },
  {
    field: 'uscc',
    headings: ['统一社会信用代码', '信用代码', '社会信用代码'],
    cell: 'text',
    required: false,
  },
  notKept('department', '内设机构(科室)', '内设机构', '科室', '部门'),
  { field: 'name', headings: ['姓名', '人员姓名'], cell: 'name', required: true },
  {
    field: 'gender',
    headings: ['性别'],
    cell: 'text',
    required: false,
    options: [
      { code: 'MALE', zh: '男' },
      { code: 'FEMALE', zh: '女' },
    ],
    note: '由身份证号得出，填写时用于核对',
  },
  notKept('ethnicity', '民族'),
  {
    field: 'idNumber',
    headings: ['身份证号', '身份证号码', '公民身份号码', '身份证', '证件号码'],
    cell: 'id-number',
    required: true,
    sensitive: true,
  },
  {
    field: 'birthDate',
    headings: ['出生日期', '出生年月日'],
    cell: 'date',
    required: false,
    sensitive: true,
    note: '由身份证号得出，填写时用于核对',
  },
  notKept('politicalStatus', '政治面貌'),
  { field: 'education', headings: ['学历', '文化程度', '最高学历'], cell: 'text', required: false },
  notKept('major', '专业', '所学专业'),
  {
    field: 'staffCategory',
    headings: ['人员类别(编制性质)', '人员类别', '编制性质', '人员性质', '身份类别', '编制类型'],
    cell: 'text',
    required: true,
    options: STAFF_CATEGORIES.map((code) => ({ code, zh: zhOf(code), aliases: ALIASES[code] })),
    note: '协管员、网格员等辅助人员不在此登记',
  },
  {
    field: 'onEstablishment',
    headings: ['是否在编', '在编', '是否在编在册'],
    cell: 'boolean',
    required: true,
    options: YES_NO,
  },
  { field: 'onPost', headings: ['是否在岗', '在岗'], cell: 'boolean', required: true, options: YES_NO },
  notKept('position', '职务'),
  notKept('rank', '职级'),
  notKept('workingSince', '参加工作时间'),
  { field: 'postTitle', headings: ['执法岗位', '岗位', '岗位名称', '执法岗位名称'], cell: 'text', required: true },
  {
    field: 'domains',
    headings: ['执法领域', '领域', '执法范围'],
    cell: 'text',
    required: true,
    note: '多个领域用顿号分开',
  },
  notKept('enforcementKind', '执法类别'),
  notKept('hasLegalQualification', '是否取得法律职业资格'),
  {
    field: 'legalQualificationNo',
    headings: ['法律职业资格证号', '法律职业资格证书编号', '法律职业资格证书号'],
    cell: 'text',
    required: false,
  },
  {
    field: 'phone',
    headings: ['联系电话', '电话', '手机', '手机号', '手机号码'],
    cell: 'text',
    required: false,
    sensitive: true,
  },
  {
    field: 'assignedFrom',
    headings: ['任职起始日期', '任职起始时间', '任职开始日期', '到岗日期'],
    cell: 'date',
    required: false,
    note: '不填则自导入之时起算',
  },
  notKept('oldCertificateNo', '原执法证号'),
  notKept('oldCertificateUntil', '证件有效期止'),
  notKept('remark', '备注'),
];
