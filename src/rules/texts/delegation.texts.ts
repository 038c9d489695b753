import type { DelegationRefusal, DelegationWarning } from '../delegation.rules.js';
import type { DutyReasonCode } from '../duty-reasons.js';
import type {
  ConfirmationRefusal,
  PowerRefusal,
  PowerWarning,
  SubjectRefusal,
  SubjectWarning,
} from '../subject.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

/** Codes of bodies, powers and delegations that the duty decision does not have. */
export type BodyCode = Exclude<
  | DelegationRefusal
  | DelegationWarning
  | SubjectRefusal
  | SubjectWarning
  | PowerRefusal
  | PowerWarning
  | ConfirmationRefusal,
  DutyReasonCode
>;

const H1 = '《河南省行政执法条例》';
const PENALTY_LAW = '《行政处罚法》';
const CREDIT_CODE = 'GB 32100-2015《法人和其他组织统一社会信用代码编码规则》';

export const BODY_TEXTS: Readonly<Record<BodyCode, RefusalText>> = {
  DELEGATION_INCOMPLETE: {
    zh: zh`请补全委托书后再签订，缺少：${'missing'}。`,
    en: en`Complete the delegation before it is signed; missing: ${'missing'}.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  DELEGATION_TO_ITSELF: {
    zh: zh`请选择另一个受委托单位：${'subject'} 不能委托自己。`,
    en: en`Choose another delegatee: ${'subject'} cannot delegate to itself.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  DELEGATION_TERM_INVERTED: {
    zh: zh`请更正委托期限：开始日期 ${'validFrom'} 不得晚于结束日期 ${'validTo'}。`,
    en: en`Correct the term: it begins on ${'validFrom'} and ends on ${'validTo'}.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  DELEGATION_TERM_TOO_LONG: {
    zh: zh`请缩短委托期限：${'validFrom'} 至 ${'validTo'} 超过 ${'maxYears'} 年。`,
    en: en`Shorten the term: ${'validFrom'} to ${'validTo'} is more than ${'maxYears'} years.`,
    basis: '委托管理惯例（系统设置 delegation.maxYears）',
  },
  DELEGATEE_OFFICERS_FEW: {
    zh: zh`请为 ${'subject'} 培训、考试并申领执法证：现有持证人员 ${'certified'} 名，实施行政处罚至少需要 ${'minimum'} 名。`,
    en: en`Train, examine and certify officers of ${'subject'}: it has ${'certified'}, and a penalty needs at least ${'minimum'}.`,
    basis: `${PENALTY_LAW}第二十一条、第四十二条`,
  },
  DELEGATOR_POWER_NOT_RECORDED: {
    zh: zh`请登记 ${'delegator'} 对事项 ${'matter'} 的职权：登记之前，受委托单位不能据此执法。`,
    en: en`Register the power of ${'delegator'} for matter ${'matter'}: until then nobody can act on this delegation.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  DELEGATOR_POWER_NARROWER: {
    zh: zh`请核对委托的期限和区域：${'delegator'} 对事项 ${'matter'} 的职权没有完全覆盖。`,
    en: en`Check term and area: the power of ${'delegator'} for matter ${'matter'} does not cover all of them.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  CREDIT_CODE_MALFORMED: {
    zh: zh`请核对统一社会信用代码 ${'creditCode'}：应为 18 位数字和大写字母（不含 I、O、S、V、Z）。`,
    en: en`Check the credit code ${'creditCode'}: it has 18 digits and capitals, without I, O, S, V and Z.`,
    basis: CREDIT_CODE,
  },
  CREDIT_CODE_CHECK_CHARACTER: {
    zh: zh`请核对统一社会信用代码 ${'creditCode'}：最后一位校验码不符。`,
    en: en`Check the credit code ${'creditCode'}: its last character does not fit.`,
    basis: CREDIT_CODE,
  },
  CREDIT_CODE_ORGANISATION_CHECK: {
    zh: zh`请核对统一社会信用代码 ${'creditCode'}：其中组织机构代码（第 9 至 17 位）的校验码不符。`,
    en: en`Check the credit code ${'creditCode'}: the organisation code in it (places 9 to 17) does not fit.`,
    basis: `${CREDIT_CODE}；GB 11714`,
  },
  CREDIT_CODE_IN_USE: {
    zh: zh`请核对是否已登记：统一社会信用代码 ${'creditCode'} 已被另一个有效单位使用。`,
    en: en`Check whether the body is registered already: another active body has the credit code ${'creditCode'}.`,
    basis: CREDIT_CODE,
  },
  CREDIT_CODE_NOT_OF_ORGAN: {
    zh: zh`请核对单位类型：统一社会信用代码 ${'creditCode'} 不以 11（机关）开头。`,
    en: en`Check the kind of body: the credit code ${'creditCode'} does not begin with 11, as those of organs do.`,
    basis: CREDIT_CODE,
  },
  DIVISION_MALFORMED: {
    zh: zh`请核对行政区划代码 ${'division'}：应为 6、9 或 12 位，并以省级代码开头。`,
    en: en`Check the division code ${'division'}: it has 6, 9 or 12 digits and begins with a province.`,
    basis: 'GB/T 2260《中华人民共和国行政区划代码》',
  },
  LEGAL_BASIS_MISSING: {
    zh: zh`请登记授权依据：${'subject'} 作为授权组织，至少需要一项法律、行政法规或地方性法规依据。`,
    en: en`Enter a legal basis: as an authorised organisation ${'subject'} needs at least one law, administrative or local regulation.`,
    basis: `${PENALTY_LAW}第十九条；${H1}第三条`,
  },
  POWER_HOLDER_KIND: {
    zh: zh`请改为登记委托：${'subject'}（${'kind'}）不能享有自己的执法职权。`,
    en: en`Register a delegation instead: ${'subject'} (${'kind'}) can hold no power of its own.`,
    basis: `${PENALTY_LAW}第十七条至第二十条`,
  },
  POWER_TERM_INVERTED: {
    zh: zh`请更正职权期限：开始日期 ${'validFrom'} 不得晚于结束日期 ${'validTo'}。`,
    en: en`Correct the period: it begins on ${'validFrom'} and ends on ${'validTo'}.`,
    basis: `${PENALTY_LAW}第十七条`,
  },
  ANNOUNCEMENT_MISSING: {
    zh: zh`请填写公告文号和公告日期：${'subject'} 未经公告不得确认为执法主体。`,
    en: en`Enter reference and date of the announcement: without it ${'subject'} cannot stand confirmed.`,
    basis: `${H1}第十三条`,
  },
};
