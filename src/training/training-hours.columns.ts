import type { ImportColumn } from '../kernel/import-definition.js';

const optional = (field: string, note: string, ...headings: string[]): ImportColumn => ({
  field,
  headings,
  cell: 'text',
  required: false,
  note,
  maxLength: 2000,
});
const CHOSEN = '以所选培训班为准，仅供核对';

/** 学时登记, domain.md 11.5. The class is chosen at the upload; the sheet's own words about it are only compared. */
export const HOURS_COLUMNS: readonly ImportColumn[] = [
  {
    field: 'idNumber',
    headings: ['身份证号', '身份证号码', '公民身份号码', '身份证', '证件号码'],
    cell: 'id-number',
    required: true,
    sensitive: true,
  },
  { field: 'name', headings: ['姓名', '人员姓名', '学员姓名'], cell: 'name', required: true },
  optional('className', CHOSEN, '培训班', '培训班名称', '班次', '培训名称'),
  optional('type', CHOSEN, '培训类型', '培训类别'),
  optional('subject', CHOSEN, '科目', '培训科目'),
  { field: 'startsOn', headings: ['开始', '开始日期', '培训开始日期'], cell: 'date', required: false, note: CHOSEN },
  { field: 'endsOn', headings: ['结束', '结束日期', '培训结束日期'], cell: 'date', required: false, note: CHOSEN },
  { field: 'hours', headings: ['学时', '学时数', '实际学时', '参训学时'], cell: 'number', required: true },
  optional('mode', '本系统不保存此栏', '方式(集中/网络/自学)', '方式', '培训方式'),
  optional('result', '本系统不保存此栏', '考核结果', '考核'),
];
