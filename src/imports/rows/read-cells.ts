import {
  looksLikeNumberedId,
  normaliseText,
  parseDateCell,
  parseScore,
  rareCharacterIn,
  type Cell,
  type DateFault,
  type NormalisationNote,
} from '../../infrastructure/files/index.js';
import type { ImportColumn, RowLevel, RowProblem } from '../../kernel/import-definition.js';
import { checkIdNumber } from '../../rules/codes/id-number.js';

/** What a cell comes to: its text for the definition, and what there is to say about it. */
export interface CellReading {
  readonly value: string;
  readonly problems: readonly RowProblem[];
}

/** A longer text is no cell of ours, unless the column says so. */
const LONGEST_TEXT = 200;
/** Excel keeps 15 digits of a number. */
const DIGITS_KEPT = 15;
/** A short number is a count or a serial, not a number plate. */
const DIGITS_OF_A_COUNT = 6;

const NOTES: Readonly<Record<NormalisationNote, string>> = {
  TRIMMED: '去掉了首尾空格',
  LINE_BREAK_REMOVED: '去掉了换行',
  INNER_BLANKS_REMOVED: '去掉了汉字间的空格',
  WIDTH_FOLDED: '全角转为半角',
  MIDDLE_DOT_UNIFIED: '统一了间隔号',
  ZERO_WIDTH_REMOVED: '去掉了不可见字符',
  APOSTROPHE_REMOVED: '去掉了前导撇号',
  TEXT_FORMULA_UNWRAPPED: '去掉了文本公式的外壳',
};

const DATE_FAULTS: Readonly<Record<DateFault, string>> = {
  NO_YEAR: '日期缺少年份。请写成 2026-03-01 的样式。',
  NO_DAY: '日期缺少日。请写成 2026-03-01 的样式。',
  NOT_IN_CALENDAR: '没有这一天。请核对日期。',
  SERIAL: '这是一个数字，看不出是哪一天。请把单元格设为日期格式，或写成 2026-03-01。',
  AMBIGUOUS: '分不清年、月、日。请写成 2026-03-01 的样式。',
  UNREADABLE: '看不出日期。请写成 2026-03-01 的样式。',
};

const ID_FAULTS = {
  ID_MALFORMED: '身份证号应为 18 位：17 位数字和 1 位校验码。请对照原件更正。',
  ID_BIRTH_DATE: '身份证号中的出生日期不存在或晚于今天。请对照原件更正。',
  ID_CHECK_DIGIT: '身份证号末位校验不符，可能抄错了一位。请对照原件更正。',
  ID_STORED_AS_NUMBER:
    '身份证号在 Excel 里被存成了数字，后 3 位已经丢失，无法还原。请把单元格设为文本格式，从原始资料重填。',
} as const;

const YES = new Set('是,有,在,在编,在岗,√,✓,✔,1,Y,YES,TRUE,T,对,合格'.split(','));
const NO = new Set('否,无,不,不在,不在编,非在编,编外,不在岗,离岗,×,X,✗,0,N,NO,FALSE,F,错,不合格'.split(','));

const EMPTY: CellReading = { value: '', problems: [] };

/** Reads one cell as its column wants it. A cell with an error has no value: nobody shall work with a guess. */
export function readCell(column: ImportColumn, cell: Cell | undefined, today: string): CellReading {
  if (!cell || (cell.text === '' && !cell.formula)) return EMPTY;
  const say = (code: string, level: RowLevel, detail: string): RowProblem => ({
    column: column.field,
    code,
    level,
    detail,
  });
  const refuse = (code: string, detail: string): CellReading => ({ value: '', problems: [say(code, 'ERROR', detail)] });

  if (cell.kind === 'ERROR') return refuse('CELL_ERROR', '单元格是错误值（如 #N/A、#REF!）。请改成实际内容。');
  if (cell.formula && isKeyLike(column)) {
    return refuse('CELL_ERROR', '单元格是公式。请复制后用“选择性粘贴—数值”贴回，再上传。');
  }
  const { value, notes, faults } = normaliseText(cell.text);
  if (faults.length > 0) {
    return refuse(
      'CONTROL_CHARACTER',
      faults.includes('PRIVATE_USE_CHARACTER')
        ? '含有无法识别的字（自造字区）。请换成标准汉字。'
        : '含有不可见的控制字符或损坏的字符。请重新录入这一格。',
    );
  }
  const longest = column.maxLength ?? LONGEST_TEXT;
  if ([...value].length > longest) return refuse('TEXT_TOO_LONG', `超过 ${longest} 个字。请缩短。`);
  const tidied = notes.length === 0 ? [] : [`已自动整理：${notes.map((note) => NOTES[note]).join('、')}。`];
  if (cell.formula) tidied.push('单元格是公式，按显示的结果读取。');
  const reading = value === '' ? plain('') : readAs(column, cell, value, today);
  const said = reading.said
    .filter(([code]) => code !== 'NORMALISED')
    .map(([code, level, detail]) => say(code, level, detail));
  tidied.push(...reading.said.flatMap(([code, , detail]) => (code === 'NORMALISED' ? [detail] : [])));
  const note = tidied.length === 0 ? [] : [say('NORMALISED', 'NOTE', tidied.join(''))];
  return { value: reading.value, problems: [...said, ...note] };
}

/** Numbers and names by which people are found; in other columns the shown result of a formula will do. */
const isKeyLike = ({ cell, required, options }: ImportColumn): boolean =>
  cell === 'id-number' || cell === 'name' || (cell === 'text' && required && options === undefined);

interface Reading {
  readonly value: string;
  readonly said: readonly (readonly [code: string, level: RowLevel, detail: string])[];
}
const plain = (value: string): Reading => ({ value, said: [] });
const error = (code: string, detail: string): Reading => ({ value: '', said: [[code, 'ERROR', detail]] });

function readAs(column: ImportColumn, cell: Cell, value: string, today: string): Reading {
  switch (column.cell) {
    case 'id-number':
      return readIdNumber(cell, value, today);
    case 'name':
      return cell.kind === 'TEXT' ? readName(value) : error('CELL_ERROR', '姓名应为文字。请重新填写。');
    case 'date': {
      const date = parseDateCell(cell);
      return date.state === 'MALFORMED'
        ? error('DATE_MALFORMED', DATE_FAULTS[date.reason])
        : plain(date.state === 'DATE' ? date.date : '');
    }
    case 'score':
      return readScore(value);
    case 'number':
      return readNumber(value);
    case 'boolean':
      return readYesNo(value);
    case 'text':
      return readText(column, cell, value);
  }
}

/** Taken as it stands; whoever prints a card has to look whether the font knows the character. */
function readName(value: string): Reading {
  const rare = rareCharacterIn(value);
  if (rare === null) return plain(value);
  const code = `U+${(rare.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
  const detail = `姓名中的“${rare}”（${code}）是生僻字。请核对字形；制证前确认证件字体有此字，否则会印成空框。`;
  return { value, said: [['RARE_CHARACTER', 'WARNING', detail]] };
}

function readIdNumber(cell: Cell, value: string, today: string): Reading {
  if (cell.kind !== 'TEXT' || looksLikeNumberedId(cell) !== null) {
    return error('ID_STORED_AS_NUMBER', ID_FAULTS.ID_STORED_AS_NUMBER);
  }
  const bare = value.replace(/[\s-]/g, '');
  const check = checkIdNumber(bare, today);
  if (!check.ok) return error(check.code, ID_FAULTS[check.code]);
  return check.value === value
    ? plain(value)
    : { value: check.value, said: [['NORMALISED', 'NOTE', '身份证号已统一为半角大写、去掉空格和短横。']] };
}

/** A number in a text column lost its leading zeros if it had any, and its last digits if it was long (K20). */
function readText(column: ImportColumn, cell: Cell, value: string): Reading {
  if (cell.kind !== 'NUMBER') return plain(value);
  const digits = value.replace(/\D/g, '').length;
  if (isKeyLike(column) || digits > DIGITS_KEPT || /e/i.test(value)) {
    return error(
      'ID_STORED_AS_NUMBER',
      '号码在 Excel 里被存成了数字，开头的 0 或末尾几位可能已经丢失。请把单元格设为文本格式，从原始资料重填。',
    );
  }
  return digits <= DIGITS_OF_A_COUNT
    ? plain(value)
    : { value, said: [['NORMALISED', 'NOTE', '单元格是数字，按显示的数字读取；如号码以 0 开头请核对。']] };
}

/** The same words for the same mark, whatever was typed: '85.5', '缺考', '违纪'. */
function readScore(value: string): Reading {
  const score = parseScore(value);
  switch (score.state) {
    case 'SCORE':
      return score.value === value
        ? plain(value)
        : { value: score.value, said: [['NORMALISED', 'NOTE', `成绩按 ${score.value} 读取。`]] };
    case 'ABSENT':
      return plain('缺考');
    case 'VIOLATION':
      return plain('违纪');
    case 'NOT_ENTERED':
      return plain('');
    case 'MALFORMED':
      return score.reason === 'RANGE'
        ? error('SCORE_OUT_OF_RANGE', '成绩应在 0 到 100 之间。')
        : error('SCORE_MALFORMED', '成绩请填 0 到 100 的数字，最多一位小数；缺考、违纪请填“缺考”“违纪”。');
  }
}

function readNumber(value: string): Reading {
  const number = /^([+-]?)(\d{1,12})(?:\.(\d{1,6}))?(?:学时|小时|分|个|人|天)?$/.exec(value.replace(/[\s,]/g, ''));
  if (!number) return error('CELL_ERROR', '这里应填数字。请更正。');
  const whole = number[2]!.replace(/^0+(?=\d)/, '');
  const decimals = (number[3] ?? '').replace(/0+$/, '');
  const sign = number[1] === '-' ? '-' : '';
  return plain(`${sign}${whole}${decimals === '' ? '' : `.${decimals}`}`);
}

function readYesNo(value: string): Reading {
  const word = value.toUpperCase();
  if (YES.has(word)) return plain('true');
  if (NO.has(word)) return plain('false');
  return error('CELL_ERROR', '这里请填“是”或“否”。');
}
