import type { DutyReasonCode, DutyWarningCode } from '../duty-reasons.js';
import type { ExamEntryCode } from '../exam-entry.rules.js';
import type { IssuanceCode } from '../issuance.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

/** Codes of eligibility, exam entry and issue that the duty decision does not have. */
export type QualificationCode = Exclude<IssuanceCode | ExamEntryCode, DutyReasonCode | DutyWarningCode>;

const H1 = '《河南省行政执法条例》';
const ORDER_180 = '《河南省行政执法证件管理办法》';

export const QUALIFICATION_TEXTS: Readonly<Record<QualificationCode, RefusalText>> = {
  NOT_ON_ESTABLISHMENT: {
    zh: zh`请先办理入编：不在编人员不得申领执法证。`,
    en: en`Have the person taken on the establishment first: others can hold no certificate.`,
    basis: `${H1}第二十条`,
  },
  ESTABLISHMENT_NOT_CONFIRMED: {
    zh: zh`请由机构编制或人社部门重新确认编制：最近确认日期 ${'confirmedOn'}，应在 ${'months'} 个月内。`,
    en: en`Have the establishment confirmed again: last on ${'confirmedOn'}, and it counts for ${'months'} months.`,
    basis: `${H1}第二十条（系统设置 establishment.confirmMonths）`,
  },
  AGE_BELOW_18: {
    zh: zh`请待其年满十八周岁后再申请：${'on'} 时年龄为 ${'age'} 周岁。`,
    en: en`Wait until the person is 18: on ${'on'} the age is ${'age'}.`,
    basis: `${H1}第二十条`,
  },
  NOT_FIT_FOR_DUTY: {
    zh: zh`请核实身体条件：不能胜任执法工作的人员不得申领执法证。`,
    en: en`Check the fitness: who is not able-bodied for the work can hold no certificate.`,
    basis: `${H1}第二十条`,
  },
  EDUCATION_TOO_LOW: {
    zh: zh`请核对学历：登记为 ${'education'}，最低要求 ${'minimum'}。`,
    en: en`Check the education: ${'education'} is registered, at least ${'minimum'} is required.`,
    basis: `${H1}第二十条（系统设置 person.minEducation）`,
  },
  NO_EFFECTIVE_DELEGATION: {
    zh: zh`请先签订并公布委托书：${'subject'} 没有生效的委托，其人员不能申领执法证。`,
    en: en`Sign and publish a delegation first: ${'subject'} has none in effect, so its staff cannot be certified.`,
    basis: `《行政处罚法》第二十条；${H1}第十四条`,
  },
  PUBLIC_INSTITUTION_NOT_ENTITLED: {
    zh: zh`请核对单位的执法资格：事业编制人员只有在授权组织、有生效委托的单位或行政机关的法定执法队伍中才能申领，${'subject'} 不符合。`,
    en: en`Check the unit: public-institution staff are certified only in an authorised organisation, a body with a delegation in effect, or an organ's statutory team, and ${'subject'} is none.`,
    basis: `${H1}第三条、第二十条`,
  },
  BARRED_PERIOD: {
    zh: zh`请待限制期满后再申请：${'ground'}，自 ${'since'} 至 ${'until'}。`,
    en: en`Wait until the bar has ended: ${'ground'}, from ${'since'} until ${'until'}.`,
    basis: `《公职人员政务处分法》第八条；${H1}第四十五条、第四十六条`,
  },
  APPRAISAL_FAILED: {
    zh: zh`请待下一次考核合格后再申请：最近一次考核不称职或不合格。`,
    en: en`Wait for the next appraisal: the last one was failed.`,
    basis: '《公务员法》（年度考核）；系统设置 eligibility.bars',
  },
  TRAINING_COMMON_LAW_MISSING: {
    zh: zh`请参加公共法律知识岗前培训：已确认 ${'hours'} 学时。`,
    en: en`Attend pre-post training in common law: ${'hours'} hours are confirmed.`,
    basis: `${H1}第二十一条`,
  },
  TRAINING_SPECIAL_LAW_MISSING: {
    zh: zh`请参加 ${'domain'} 领域专业法律知识岗前培训：已确认 ${'hours'} 学时。`,
    en: en`Attend pre-post training in the special law of ${'domain'}: ${'hours'} hours are confirmed.`,
    basis: `${H1}第二十一条`,
  },
  TRAINING_HOURS_SHORT: {
    zh: zh`请补足岗前培训学时：已确认 ${'done'} 学时，要求 ${'required'} 学时。`,
    en: en`Make up the pre-post training: ${'done'} hours are confirmed, ${'required'} are required.`,
    basis: `${H1}第二十一条（系统设置 hours.prePost）`,
  },
  EXAM_COMMON_LAW_NOT_PASSED: {
    zh: zh`请参加公共法律知识考试：尚无合格成绩，最近合格日期 ${'passedOn'}。`,
    en: en`Take the common-law exam: no pass is on record; last passed on ${'passedOn'}.`,
    basis: `${H1}第二十一条`,
  },
  EXAM_SPECIAL_LAW_NOT_PASSED: {
    zh: zh`请参加 ${'domain'} 领域专业法律知识考试：尚无合格成绩，最近合格日期 ${'passedOn'}。`,
    en: en`Take the special-law exam of ${'domain'}: no pass is on record; last passed on ${'passedOn'}.`,
    basis: `${H1}第二十一条`,
  },
  EXAM_PASS_TOO_OLD: {
    zh: zh`请重新参加${'examSubject'}考试（领域：${'domain'}）：${'passedOn'} 的合格成绩有效至 ${'validTo'}。`,
    en: en`Sit the ${'examSubject'} exam again (domain: ${'domain'}): the pass of ${'passedOn'} was good until ${'validTo'}.`,
    basis: '考试成绩有效期（系统设置 exam.passValidYears）',
  },
  RENEWAL_TEST_NOT_PASSED: {
    zh: zh`请参加换证考试：${'examSubject'}（领域：${'domain'}），须在 ${'since'} 之后考试合格。`,
    en: en`Take the renewal test: ${'examSubject'} (domain: ${'domain'}), passed after ${'since'}.`,
    basis: '换证考试（系统设置 cert.renewalTest）',
  },
  PREVIOUS_CERTIFICATE_MISSING: {
    zh: zh`请改选申请类型：${'applicationType'}需要一张处于相应状态的${'certificateType'}。`,
    en: en`Choose another type of application: ${'applicationType'} needs a ${'certificateType'} in the state for it.`,
    basis: ORDER_180,
  },
  RENEWAL_TOO_EARLY: {
    zh: zh`请于 ${'opensOn'} 起申请换证：证件 ${'certificateNo'} 有效期至 ${'validTo'}。`,
    en: en`Apply from ${'opensOn'} on: certificate ${'certificateNo'} is valid to ${'validTo'}.`,
    basis: '换证期限（系统设置 cert.renewBeforeDays）',
  },
  ANNUAL_REVIEW_NOT_PASSED: {
    zh: zh`请先通过年度审验再换发、补发：证件 ${'certificateNo'} 的年审${'review'}。`,
    en: en`Pass the annual review before another card: that of certificate ${'certificateNo'} stands ${'review'}.`,
    basis: '年审制度（系统设置 review.enabled）',
  },
  VOID_NOTICE_MISSING: {
    zh: zh`请先登记遗失作废声明。`,
    en: en`Enter the notice that declares the lost card void.`,
    basis: ORDER_180,
  },
  DOMAINS_MISSING: {
    zh: zh`请选择至少一个执法领域。`,
    en: en`Choose at least one enforcement domain.`,
    basis: `${H1}第二十一条`,
  },
  OPEN_APPLICATION_EXISTS: {
    zh: zh`请等待在办申请办结：该人员已有一项${'certificateType'}的在办申请。`,
    en: en`Wait for the open application: the person already has one for a ${'certificateType'}.`,
    basis: ORDER_180,
  },
  LIVE_CERTIFICATE_EXISTS: {
    zh: zh`请改为申请换发：该人员已持有有效的${'certificateType'} ${'certificateNo'}。`,
    en: en`Apply for a renewal or an exchange instead: the person holds the live ${'certificateType'} ${'certificateNo'}.`,
    basis: ORDER_180,
  },
  OTHER_TYPE_CERTIFICATE_EXISTS: {
    zh: zh`请先注销另一证件：该人员已持有${'otherType'} ${'certificateNo'}，两类证件不得同时持有。`,
    en: en`Have the other card cancelled first: the person holds the ${'otherType'} ${'certificateNo'}, and nobody holds both.`,
    basis: `${ORDER_180}（系统设置 cert.allowBoth）`,
  },
  PHOTO_MISSING: {
    zh: zh`请上传符合要求的照片。`,
    en: en`Upload a photo that meets the specification.`,
    basis: ORDER_180,
  },
  UNIT_OPINION_MISSING: {
    zh: zh`请填写单位意见。`,
    en: en`Enter the opinion of the unit.`,
    basis: ORDER_180,
  },
  EXAM_NOT_OPEN: {
    zh: zh`请选择其他考试：${'exam'} 的成绩已发布，不再接受报名。`,
    en: en`Choose another exam: the results of ${'exam'} are released, and it takes no more registrations.`,
    basis: `${H1}第二十一条`,
  },
  ALREADY_REGISTERED: {
    zh: zh`无需重复报名：该人员已报名 ${'exam'}。`,
    en: en`Leave the person out: already registered for ${'exam'}.`,
    basis: '考试报名（每人每次考试一次）',
  },
  NO_PAPER_FOR_OFFICER: {
    zh: zh`请核对执法领域或选择其他考试：${'exam'} 没有该人员领域（${'domains'}）的科目。`,
    en: en`Check the domains or choose another exam: ${'exam'} has no paper for ${'domains'}.`,
    basis: `${H1}第二十一条`,
  },
  SPECIAL_LAW_FIRST: {
    zh: zh`请先通过专业法律知识考试（领域：${'domains'}），再参加公共法律知识考试。`,
    en: en`Pass the special-law exam first (domains: ${'domains'}), then sit common law.`,
    basis: '考试顺序（系统设置 exam.order）',
  },
  NOTHING_TO_RESIT: {
    zh: zh`请参加下一批考试：本批中没有该人员未及格、可在 ${'exam'} 补考的科目（缺考、违纪不能补考）。`,
    en: en`Enter for the next round: nothing was failed in this one that ${'exam'} offers (absent or void can't be sat again).`,
    basis: '补考规则（系统设置 exam.resitMax）',
  },
  RESITS_USED_UP: {
    zh: zh`请参加下一批考试：本批已补考 ${'resits'} 次，最多 ${'most'} 次。`,
    en: en`Enter for the next round: ${'resits'} resits in this one, at most ${'most'} are allowed.`,
    basis: '补考规则（系统设置 exam.resitMax）',
  },
};
