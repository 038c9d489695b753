import type { StatusWords } from '../../shared/components/status';
import { words, type Words } from '../../shared/i18n/dictionary';

export const STATUS_WORDS: StatusWords<
  | 'RECEIVED'
  | 'PARSING'
  | 'NEEDS_MAPPING'
  | 'VALIDATING'
  | 'VALIDATED'
  | 'COMMITTING'
  | 'COMPLETED'
  | 'PARTIALLY_COMPLETED'
  | 'CANCELLED'
  | 'FAILED'
  | 'REVERTED'
> = {
  RECEIVED: ['pending', words('已上传', 'Received')],
  PARSING: ['pending', words('解析中', 'Reading')],
  NEEDS_MAPPING: ['soon', words('待对应', 'Needs mapping')],
  VALIDATING: ['pending', words('校验中', 'Checking')],
  VALIDATED: ['soon', words('待确认', 'To be confirmed')],
  COMMITTING: ['pending', words('导入中', 'Importing')],
  COMPLETED: ['ok', words('已完成', 'Completed')],
  PARTIALLY_COMPLETED: ['limited', words('部分完成', 'Partly completed')],
  CANCELLED: ['over', words('已取消', 'Cancelled')],
  FAILED: ['stop', words('失败', 'Failed')],
  REVERTED: ['over', words('已撤销', 'Taken back')],
};

export const ROW_WORDS: StatusWords<
  | 'STAGED'
  | 'VALID'
  | 'WARNING'
  | 'INVALID'
  | 'IGNORED'
  | 'CREATED'
  | 'UPDATED'
  | 'UNCHANGED'
  | 'SKIPPED'
  | 'FAILED'
  | 'REVERTED'
> = {
  STAGED: ['pending', words('待校验', 'Not checked yet')],
  VALID: ['ok', words('可导入', 'Ready')],
  WARNING: ['soon', words('有提醒', 'Warning')],
  INVALID: ['stop', words('有错', 'Error')],
  IGNORED: ['over', words('已忽略', 'Ignored')],
  CREATED: ['ok', words('已新增', 'Created')],
  UPDATED: ['ok', words('已更新', 'Updated')],
  UNCHANGED: ['over', words('无变化', 'Unchanged')],
  SKIPPED: ['over', words('已跳过', 'Skipped')],
  FAILED: ['stop', words('失败', 'Failed')],
  REVERTED: ['over', words('已撤销', 'Taken back')],
};

export const PLANNED_WORDS: Readonly<Record<string, Words>> = {
  CREATED: words('将新增', 'will be created'),
  UPDATED: words('将更新', 'will be updated'),
  UNCHANGED: words('无变化', 'unchanged'),
};

export const HOW_WORDS: Readonly<Record<string, readonly [colour: string, Words]>> = {
  EXACT: ['green', words('同名', 'same name')],
  ALIAS: ['green', words('别名', 'known as')],
  NORMALISED: ['cyan', words('写法相近', 'spelt alike')],
  SIMILAR: ['gold', words('相似', 'similar')],
  REMEMBERED: ['blue', words('上次记忆', 'remembered')],
  CHOSEN: ['purple', words('手工选择', 'chosen')],
};

/** Short names of what is wrong with rows, for the list of causes; the sentence with the cure stands at the row. */
const CAUSES: Readonly<Record<string, Words>> = {
  ADMISSION_NO_UNKNOWN: words('准考证号不存在', 'Unknown admission number'),
  ROW_EMPTY: words('空行', 'Empty row'),
  ROW_SIGNATURE: words('签名、落款行', 'Signature'),
  ROW_TITLE: words('标题行', 'Title'),
  ROW_LEFT_OUT: words('选定不导入', 'Left out by choice'),
  ROW_HIDDEN: words('隐藏的行', 'Hidden row'),
  ROW_TOTALS: words('合计行', 'Total'),
  SCORE_MALFORMED: words('成绩不是分数', 'Not a score'),
  SCORE_MISSING: words('成绩为空', 'No score'),
  SCORE_OUT_OF_RANGE: words('成绩超出范围', 'Score out of range'),
  ALREADY_RECORDED: words('已有登记', 'Recorded already'),
  APPLICATION_UNKNOWN: words('找不到对应申请', 'No such application'),
  AUXILIARY_NOT_AN_OFFICER: words('辅助人员不能登记为执法人员', 'Auxiliary staff are no officers'),
  CELL_ERROR: words('单元格是错误值或公式', 'Cell holds an error or a formula'),
  CERTIFICATE_FINAL: words('证件已终结', 'The certificate is final'),
  CERTIFICATE_TYPE_UNKNOWN: words('证件类型不认识', 'Unknown type of certificate'),
  CHANGED_SINCE_DOWNLOAD: words('下载后又被改过', 'Changed since the sheet was downloaded'),
  CHANGED_SINCE_PREVIEW: words('预览后又被改过', 'Changed since the preview'),
  CLASS_CLOSED: words('培训班已结班', 'The class is closed'),
  CLASS_MISMATCH: words('不属于这个培训班', 'Another class'),
  CONTROL_CHARACTER: words('含无法识别的字符', 'Unreadable characters'),
  DATE_MALFORMED: words('日期格式不对', 'Not a date'),
  DOMAIN_UNKNOWN: words('执法领域不认识', 'Unknown domain'),
  DUPLICATE_IN_FILE: words('文件内重复', 'Twice in the file'),
  HOURS_CAPPED: words('学时超出，按上限计', 'Hours were capped'),
  HOURS_MALFORMED: words('学时不是数字', 'Hours are no number'),
  HOURS_OUT_OF_RANGE: words('学时超出范围', 'Hours out of range'),
  ID_BIRTH_DATE: words('身份证号出生日期不对', 'Birth date in the ID number'),
  ID_CHECK_DIGIT: words('身份证号末位校验错', 'Check digit of the ID number'),
  ID_MALFORMED: words('身份证号不是 18 位', 'ID number is not of 18 digits'),
  ID_MISMATCH: words('身份证号与登记不符', 'ID number differs from the register'),
  ID_STORED_AS_NUMBER: words('身份证号存成了数字', 'ID number was stored as a number'),
  LIVE_CERTIFICATE_EXISTS: words('已有有效证件', 'A valid certificate exists'),
  NAME_MISMATCH: words('姓名与登记不符', 'Name differs from the register'),
  NORMALISED: words('已自动整理', 'Tidied up'),
  NUMBER_MALFORMED: words('不是数字', 'Not a number'),
  NUMBER_TAKEN: words('证件编号已被使用', 'Certificate number is taken'),
  OFFICER_UNKNOWN: words('查无此人', 'No such officer'),
  OFF_POST: words('人员不在岗', 'Officer is off post'),
  PAPER_UNKNOWN: words('没有报考这一科', 'Not registered for this paper'),
  PHONE_MALFORMED: words('手机号不对', 'Not a phone number'),
  RARE_CHARACTER: words('姓名有生僻字', 'Rare character in the name'),
  REQUIRED_MISSING: words('必填项为空', 'Required cell is empty'),
  ROWS_FAILED: words('写入失败', 'Could not be written'),
  STAFF_CATEGORY_UNKNOWN: words('人员身份不认识', 'Unknown staff category'),
  SUBJECT_UNKNOWN: words('单位不认识', 'Unknown body'),
  TEXT_TOO_LONG: words('内容过长', 'Text is too long'),
  YES_NO_MALFORMED: words('应填是或否', 'Neither yes nor no'),
};

export const causeWords = (code: string): Words => CAUSES[code] ?? words(code, code);
