import type { ApplicantCode } from '../issuance.rules.js';
import { en, zh, type Sentence } from './sentence.js';

/** What a condition asks for, and what is known about it. */
export interface ReadinessText {
  readonly title: { readonly zh: string; readonly en: string };
  readonly evidence: { readonly zh: Sentence; readonly en: Sentence };
}

export const NOT_RECORDED = { zh: '未登记', en: 'not recorded' } as const;

const line = (titleZh: string, titleEn: string, evidenceZh: Sentence, evidenceEn: Sentence): ReadinessText => ({
  title: { zh: titleZh, en: titleEn },
  evidence: { zh: evidenceZh, en: evidenceEn },
});

const nothing = (text: { readonly zh: string; readonly en: string }): ReadinessText['evidence'] => ({
  zh: Object.assign(() => text.zh, { keys: [] }),
  en: Object.assign(() => text.en, { keys: [] }),
});

const onRecord = nothing({ zh: '见登记信息', en: 'see the record' });

export const READINESS_TEXTS: Readonly<Record<ApplicantCode, ReadinessText>> = {
  STAFF_CATEGORY_BARRED: line(
    '人员类别符合规定',
    'Staff category may hold a certificate',
    zh`${'staffCategory'}`,
    en`${'staffCategory'}`,
  ),
  NOT_ON_ESTABLISHMENT: line(
    '在编',
    'On the establishment',
    zh`在编：${'onEstablishment'}`,
    en`on establishment: ${'onEstablishment'}`,
  ),
  ESTABLISHMENT_NOT_CONFIRMED: line(
    '编制已经确认',
    'Establishment confirmed',
    zh`最近确认日期：${'confirmedOn'}`,
    en`last confirmed on: ${'confirmedOn'}`,
  ),
  NOT_ASSIGNED_TO_SUBJECT: {
    title: { zh: '在申请单位任职', en: 'Assigned to the body that applies' },
    evidence: onRecord,
  },
  LEFT_SERVICE: line('在职', 'In service', zh`离职时间：${'since'}`, en`left from: ${'since'}`),
  OFF_POST: line('在岗', 'On post', zh`离岗时间：${'since'}`, en`off post from: ${'since'}`),
  AGE_BELOW_18: line('年满十八周岁', 'At least 18 years old', zh`${'on'} 时 ${'age'} 周岁`, en`${'age'} on ${'on'}`),
  NOT_FIT_FOR_DUTY: { title: { zh: '身体条件胜任', en: 'Fit for the work' }, evidence: onRecord },
  EDUCATION_TOO_LOW: line(
    '学历符合要求',
    'Education',
    zh`${'education'}（最低：${'minimum'}）`,
    en`${'education'} (at least: ${'minimum'})`,
  ),
  SUBJECT_NOT_CONFIRMED: line(
    '单位已确认为执法主体',
    'Unit confirmed as an enforcement body',
    zh`${'subject'}`,
    en`${'subject'}`,
  ),
  NO_EFFECTIVE_DELEGATION: line(
    '单位的委托已生效',
    'Delegation of the unit in effect',
    zh`${'subject'}`,
    en`${'subject'}`,
  ),
  PUBLIC_INSTITUTION_NOT_ENTITLED: line(
    '事业编制人员所在单位有执法资格',
    'Unit of public-institution staff entitled',
    zh`${'subject'}`,
    en`${'subject'}`,
  ),
  BARRED_PERIOD: line(
    '不在限制期内',
    'No bar running',
    zh`限制事由：${'ground'}，至 ${'until'}`,
    en`bar: ${'ground'}, until ${'until'}`,
  ),
  APPRAISAL_FAILED: { title: { zh: '最近一次考核合格', en: 'Last appraisal passed' }, evidence: onRecord },
  TRAINING_COMMON_LAW_MISSING: line(
    '公共法律知识岗前培训',
    'Pre-post training in common law',
    zh`已确认 ${'hours'} 学时`,
    en`${'hours'} hours confirmed`,
  ),
  TRAINING_SPECIAL_LAW_MISSING: line(
    '专业法律知识岗前培训',
    'Pre-post training in special law',
    zh`${'domain'}：已确认 ${'hours'} 学时`,
    en`${'domain'}: ${'hours'} hours confirmed`,
  ),
  TRAINING_HOURS_SHORT: line(
    '岗前培训学时',
    'Hours of pre-post training',
    zh`已确认 ${'done'} 学时，要求 ${'required'} 学时`,
    en`${'done'} of ${'required'} hours confirmed`,
  ),
  EXAM_COMMON_LAW_NOT_PASSED: line(
    '公共法律知识考试合格',
    'Common-law exam passed',
    zh`合格日期：${'passedOn'}；免试：${'exempt'}`,
    en`passed on: ${'passedOn'}; exempt: ${'exempt'}`,
  ),
  EXAM_SPECIAL_LAW_NOT_PASSED: line(
    '专业法律知识考试合格',
    'Special-law exam passed',
    zh`${'domain'}：合格日期 ${'passedOn'}`,
    en`${'domain'}: passed on ${'passedOn'}`,
  ),
  EXAM_PASS_TOO_OLD: line(
    '考试成绩在有效期内',
    'Pass still counts',
    zh`${'examSubject'}：${'passedOn'} 合格，有效至 ${'validTo'}`,
    en`${'examSubject'}: passed on ${'passedOn'}, good until ${'validTo'}`,
  ),
  RENEWAL_TEST_NOT_PASSED: line('换证考试合格', 'Renewal test passed', zh`须晚于 ${'since'}`, en`after ${'since'}`),
  PREVIOUS_CERTIFICATE_MISSING: line(
    '持有相应状态的原证件',
    'Holds the card it rests on',
    zh`${'certificateNo'}`,
    en`${'certificateNo'}`,
  ),
  RENEWAL_TOO_EARLY: line('已到换证期', 'Renewal open', zh`自 ${'opensOn'} 起`, en`from ${'opensOn'}`),
  HOURS_SHORT: line(
    '上一年度培训学时',
    'Training hours of the last full year',
    zh`已确认 ${'done'} 学时，要求 ${'required'} 学时`,
    en`${'done'} of ${'required'} hours confirmed`,
  ),
  VOID_NOTICE_MISSING: { title: { zh: '已声明作废', en: 'Declared void' }, evidence: onRecord },
  ANNUAL_REVIEW_NOT_PASSED: line(
    '原证件年度审验没有问题',
    'Nothing stands against the old card in its annual review',
    zh`证件 ${'certificateNo'}：${'review'}`,
    en`card ${'certificateNo'}: ${'review'}`,
  ),
  DOMAINS_MISSING: { title: { zh: '已选择执法领域', en: 'Domain chosen' }, evidence: onRecord },
  OPEN_APPLICATION_EXISTS: { title: { zh: '没有在办申请', en: 'No open application' }, evidence: onRecord },
  LIVE_CERTIFICATE_EXISTS: line(
    '没有同类有效证件',
    'No live card of this type',
    zh`现有证件：${'certificateNo'}`,
    en`card held: ${'certificateNo'}`,
  ),
  OTHER_TYPE_CERTIFICATE_EXISTS: line(
    '没有另一类有效证件',
    'No live card of the other type',
    zh`现有证件：${'certificateNo'}`,
    en`card held: ${'certificateNo'}`,
  ),
  PHOTO_MISSING: { title: { zh: '照片', en: 'Photo' }, evidence: onRecord },
  UNIT_OPINION_MISSING: { title: { zh: '单位意见', en: 'Opinion of the unit' }, evidence: onRecord },
};
