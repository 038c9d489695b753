import type { ImportColumn } from '../../kernel/import-definition.js';
import type { CertificateType } from '../../rules/duty-facts.js';

const TYPES: readonly { readonly code: CertificateType; readonly zh: string; readonly aliases: readonly string[] }[] = [
  {
    code: 'ENFORCEMENT',
    zh: '行政执法证',
    aliases: ['执法证', '河南省行政执法证', '行政执法证件', '中华人民共和国行政执法证'],
  },
  { code: 'SUPERVISION', zh: '行政执法监督证', aliases: ['监督证', '执法监督证', '河南省行政执法监督证'] },
  { code: 'MINISTRY', zh: '部颁证件', aliases: ['部颁证', '部颁执法证'] },
];

export const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

const NAMED: ReadonlyMap<string, CertificateType> = new Map(
  TYPES.flatMap(({ code, zh, aliases }) => [code, zh, ...aliases].map((name) => [plain(name), code] as const)),
);

/** The type that a cell names, by code, name or alias; null for an unknown word. */
export const readType = (text: string): CertificateType | null => NAMED.get(plain(text)) ?? null;

/** 执法领域 of one cell: several names or codes, separated as people do. */
export const splitDomains = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、，,;；/|\s]+/)
      .map(plain)
      .filter((name) => name !== ''),
  ),
];

const COMMON: readonly ImportColumn[] = [
  {
    field: 'idNumber',
    headings: ['身份证号', '公民身份号码', '身份证号码', '身份证'],
    cell: 'id-number',
    required: true,
    sensitive: true,
    note: '18 位，文本格式。',
  },
  { field: 'name', headings: ['姓名', '持证人', '人员姓名'], cell: 'name', required: true },
  {
    field: 'type',
    headings: ['证件类型', '证件种类', '证件类别'],
    cell: 'text',
    required: true,
    options: TYPES,
  },
  {
    field: 'number',
    headings: ['证号', '证件编号', '执法证号', '证件号码', '执法证编号'],
    cell: 'text',
    required: true,
    note: '文本格式，与证件一致。',
  },
];

const DATES: readonly ImportColumn[] = [
  { field: 'validFrom', headings: ['有效期起', '有效期开始', '有效期自', '生效日期'], cell: 'date', required: true },
  {
    field: 'validTo',
    headings: ['有效期止', '有效期至', '有效期截止', '止', '到期日期', '证件有效期止'],
    cell: 'date',
    required: true,
  },
];

const issuedOn = (required: boolean): ImportColumn => ({
  field: 'issuedOn',
  headings: ['发证日期', '颁发日期', '制证日期'],
  cell: 'date',
  required,
});

/** 证件回填, domain.md 11.4. */
export const BACKFILL_COLUMNS: readonly ImportColumn[] = [
  ...COMMON,
  issuedOn(true),
  ...DATES,
  { field: 'batch', headings: ['批次', '发证批次'], cell: 'text', required: false },
];

/** What an authority holds already on the day it takes the system up. */
export const EXISTING_COLUMNS: readonly ImportColumn[] = [
  ...COMMON,
  issuedOn(false),
  ...DATES,
  {
    field: 'subjectName',
    headings: ['单位', '单位名称', '所在单位', '执法单位'],
    cell: 'text',
    required: false,
    note: '证件上的执法主体；留空为本人现单位。',
  },
  {
    field: 'domains',
    headings: ['执法领域', '执法类别', '执法范围'],
    cell: 'text',
    required: false,
    note: '多个领域用顿号分开；留空为本人登记的领域。',
  },
];
