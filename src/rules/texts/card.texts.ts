import type { NumberRefusal, NumberWarning, SuspensionRefusal } from '../certificate.rules.js';
import type { IdNumberCode, IdNumberWarning } from '../codes/id-number.js';
import type { ScoreCode } from '../exam-grading.rules.js';
import type { NumberingCode } from '../numbering.rules.js';
import type { SeparationCode } from '../separation-of-duties.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

/** Codes of numbers, cards, scores, ID numbers and of who may act. */
export type CardCode =
  | NumberRefusal
  | NumberWarning
  | NumberingCode
  | SuspensionRefusal
  | 'VALIDITY_INVERTED'
  | IdNumberCode
  | IdNumberWarning
  | ScoreCode
  | SeparationCode;

const ORDER_180 = '《河南省行政执法证件管理办法》';
const ID_STANDARD = 'GB 11643-1999《公民身份号码》';
const SCORES = '考试成绩登记规则';

export const CARD_TEXTS: Readonly<Record<CardCode, RefusalText>> = {
  NUMBER_MALFORMED: {
    zh: zh`请核对证号 ${'certificateNo'}：不符合号码规则 ${'pattern'}。`,
    en: en`Check the number ${'certificateNo'}: it does not match ${'pattern'}.`,
    basis: `${ORDER_180}第五条（系统设置 cert.noPattern）`,
  },
  NUMBER_PATTERN_UNREADABLE: {
    zh: zh`请更正系统设置 cert.noPattern：${'pattern'} 不是有效的规则。`,
    en: en`Correct the setting cert.noPattern: ${'pattern'} is no pattern.`,
    basis: `${ORDER_180}第五条（系统设置 cert.noPattern）`,
  },
  NUMBER_TAKEN: {
    zh: zh`请核对证号：${'certificateNo'} 已使用过，证号永不重复使用。`,
    en: en`Check the number: ${'certificateNo'} has been used, and no number is used twice.`,
    basis: `${ORDER_180}第五条`,
  },
  NUMBER_PROVINCE_ORDINAL: {
    zh: zh`请核对证号 ${'certificateNo'}：不以 ${'ordinal'} 开头。`,
    en: en`Check the number ${'certificateNo'}: it does not begin with ${'ordinal'}.`,
    basis: `${ORDER_180}第五条（系统设置 cert.provinceOrdinal）`,
  },
  NUMBER_SCHEME_INVALID: {
    zh: zh`请更正系统设置 cert.numberScheme：须由已知的段组成，恰有一段流水号，校验位只能在末尾，且符合 ${'pattern'}。`,
    en: en`Correct the setting cert.numberScheme: known segments, exactly one serial, a check digit only at the end, matching ${'pattern'}.`,
    basis: `${ORDER_180}第五条（系统设置 cert.numberScheme）`,
  },
  NUMBERS_EXHAUSTED: {
    zh: zh`请启用新的号段：流水号 ${'serial'} 超出 ${'width'} 位的范围。`,
    en: en`Open a new range: the serial ${'serial'} does not fit ${'width'} digits.`,
    basis: `${ORDER_180}第五条（系统设置 cert.numberScheme）`,
  },
  NUMBER_PART_MISSING: {
    zh: zh`请补全配号所需的代码：缺少 ${'part'} 段，或其长度不符。`,
    en: en`Enter the code for the part ${'part'} of the number: it is missing or has another length.`,
    basis: `${ORDER_180}第五条（系统设置 cert.numberScheme）`,
  },
  VALIDITY_INVERTED: {
    zh: zh`请更正有效期：${'validFrom'} 至 ${'validTo'}，截止日期应晚于起始日期。`,
    en: en`Correct the validity: it runs from ${'validFrom'} to ${'validTo'} and must end after it begins.`,
    basis: ORDER_180,
  },
  SUSPENSION_PLAN_INVERTED: {
    zh: zh`请更正暂扣期限：预定解除日 ${'plannedTo'} 早于开始日 ${'begins'}。`,
    en: en`Correct the suspension: its planned end ${'plannedTo'} lies before its begin ${'begins'}.`,
    basis: '《河南省行政执法条例》第四十二条第六项',
  },
  SUSPENSION_TOO_LONG: {
    zh: zh`请缩短暂扣期限：自 ${'begins'} 至 ${'plannedTo'} 超过 ${'maxDays'} 日。`,
    en: en`Shorten the suspension: ${'begins'} to ${'plannedTo'} is more than ${'maxDays'} days.`,
    basis: '《河南省行政执法条例》第四十二条第六项（系统设置 suspend.maxDays）',
  },
  ID_MALFORMED: {
    zh: zh`请填写 18 位公民身份号码：前 17 位为数字，最后一位为数字或 X；不接受 15 位旧号码。`,
    en: en`Enter the 18-character ID number: 17 digits, then a digit or X; old 15-digit numbers are not taken.`,
    basis: ID_STANDARD,
  },
  ID_BIRTH_DATE: {
    zh: zh`请核对身份证号：其中的出生日期不存在或在今天之后。`,
    en: en`Check the ID number: the birth date in it does not exist or lies in the future.`,
    basis: ID_STANDARD,
  },
  ID_CHECK_DIGIT: {
    zh: zh`请核对身份证号：最后一位校验码不符。`,
    en: en`Check the ID number: its last character does not fit.`,
    basis: ID_STANDARD,
  },
  ID_STORED_AS_NUMBER: {
    zh: zh`请从原始资料重填身份证号：它在 Excel 里被存成了数字，后 3 位已经丢失，无法还原。`,
    en: en`Enter the ID number again from its source: a spreadsheet kept it as a number, and its last 3 digits are lost.`,
    basis: ID_STANDARD,
  },
  ID_PROVINCE_UNKNOWN: {
    zh: zh`请核对身份证号：开头两位不是已知的省级代码。`,
    en: en`Check the ID number: its first two digits are those of no known province.`,
    basis: ID_STANDARD,
  },
  SCORE_MALFORMED: {
    zh: zh`请填写 0 至 100 的成绩，最多一位小数。`,
    en: en`Enter a score from 0 to 100 with at most one decimal.`,
    basis: SCORES,
  },
  SCORE_OUT_OF_RANGE: {
    zh: zh`请核对成绩：应在 0 至 100 之间。`,
    en: en`Check the score: it lies between 0 and 100.`,
    basis: SCORES,
  },
  SCORE_MISSING: {
    zh: zh`请填写成绩，或标记缺考。`,
    en: en`Enter a score, or mark the candidate absent.`,
    basis: SCORES,
  },
  SCORE_AND_ABSENT: {
    zh: zh`请只保留其一：缺考与成绩不能同时填写。`,
    en: en`Keep only one: absent and a score exclude each other.`,
    basis: SCORES,
  },
  SAME_PERSON_TWO_LEVELS: {
    zh: zh`请由他人办理：您已在 ${'earlierStep'} 环节办理过，同一人不得办理两个环节（${'step'}）。`,
    en: en`Let somebody else act: you acted at ${'earlierStep'}, and nobody acts at two levels (${'step'}).`,
    basis: `${ORDER_180}（逐级审核）`,
  },
  OWN_CASE: {
    zh: zh`请由他人办理：不得办理涉及本人的事项（${'step'}）。`,
    en: en`Let somebody else act: nobody decides on himself (${'step'}).`,
    basis: '《河南省行政执法条例》第二十三条',
  },
  RELEASE_BY_COMMITTER: {
    zh: zh`请由另一人发布：提交成绩的人不得发布成绩。`,
    en: en`Let somebody else release: who committed the results cannot release them.`,
    basis: '成绩双人复核（录入、审核分离）',
  },
};
