import type { DutyReasonCode, DutyWarningCode } from '../duty-reasons.js';
import { en, zh, type RefusalText } from './sentence.js';

const H1 = '《河南省行政执法条例》';
const PENALTY_LAW = '《行政处罚法》';
const COERCION_LAW = '《行政强制法》';
const SUPERVISION = '《行政执法监督条例》';

/** Sentences of the duty decision: first what to do, then why. */
export const DUTY_TEXTS: Readonly<Record<DutyReasonCode | DutyWarningCode, RefusalText>> = {
  SUBJECT_NOT_CONFIRMED: {
    zh: zh`请先办理 ${'subject'} 的执法主体确认并公告：在所选时间内，该单位并非始终处于已确认状态。`,
    en: en`Have ${'subject'} confirmed and announced as an enforcement body first: it is not confirmed throughout the chosen time.`,
    basis: `${H1}第十三条；${SUPERVISION}第十七条`,
  },
  SUBJECT_SUSPENDED: {
    zh: zh`请待 ${'subject'} 恢复执法主体资格后再行安排：其资格自 ${'since'} 起暂停，至 ${'until'}。`,
    en: en`Wait until ${'subject'} is restored as an enforcement body: it is suspended from ${'since'} until ${'until'}.`,
    basis: `${H1}第十三条；${SUPERVISION}第十七条`,
  },
  SUBJECT_ABOLISHED: {
    zh: zh`请改由承接其职权的单位执法：${'subject'} 自 ${'since'} 起已撤销。`,
    en: en`Let the body that took over its powers act: ${'subject'} is abolished from ${'since'}.`,
    basis: `${H1}第十三条`,
  },
  POWER_MISSING: {
    zh: zh`请登记 ${'subject'} 对事项 ${'matter'} 的执法职权及法律依据，或由有权机关执法：该单位没有此项职权。`,
    en: en`Register the power of ${'subject'} for matter ${'matter'} with its legal basis, or let the competent organ act: the body has no such power.`,
    basis: `${PENALTY_LAW}第十七条、第十九条；${H1}第十三条`,
  },
  POWER_EXPIRED_OR_NOT_YET: {
    zh: zh`请选择职权有效期内的时间，或登记新的职权：${'subject'} 对事项 ${'matter'} 的职权有效期为 ${'validFrom'} 至 ${'validTo'}，未覆盖所选时间。`,
    en: en`Choose a time within the power, or register a new one: the power of ${'subject'} for matter ${'matter'} runs from ${'validFrom'} to ${'validTo'} and does not cover the chosen time.`,
    basis: `${PENALTY_LAW}第十七条、第十九条`,
  },
  POWER_AREA: {
    zh: zh`请由当地有权机关执法：${'subject'} 对事项 ${'matter'} 的管辖区域为 ${'jurisdictions'}，不含 ${'division'}。`,
    en: en`Let the organ competent for the place act: the power of ${'subject'} for matter ${'matter'} is for ${'jurisdictions'}, not for ${'division'}.`,
    basis: `${PENALTY_LAW}第二十二条；${H1}第十三条`,
  },
  POWER_BASIS_TOO_LOW: {
    zh: zh`请由行政机关实施，或登记法律、行政法规依据：${'subject'} 对事项 ${'matter'}（${'actType'}）的依据层级为 ${'basisRanks'}，授权组织仅可依法律、行政法规实施行政强制措施。`,
    en: en`Let an administrative organ act, or register a law or administrative regulation as basis: ${'subject'} has only ${'basisRanks'} for matter ${'matter'} (${'actType'}).`,
    basis: `${COERCION_LAW}第七十条`,
  },
  DELEGATION_MISSING: {
    zh: zh`请先与委托机关签订并公布对事项 ${'matter'} 的委托书：${'subject'} 没有此项委托。`,
    en: en`Sign and publish a delegation for matter ${'matter'} with the delegating organ first: ${'subject'} has none.`,
    basis: `${PENALTY_LAW}第二十条；${H1}第十四条`,
  },
  DELEGATION_NOT_PUBLISHED: {
    zh: zh`请补登委托书 ${'documentNo'} 的公布信息：委托机关 ${'delegator'}（公布日 ${'delegatorPublishedOn'}）与受委托组织（公布日 ${'delegateePublishedOn'}）均须在 ${'neededBy'} 前公布。`,
    en: en`Publish delegation ${'documentNo'} on both sides by ${'neededBy'}: ${'delegator'} published on ${'delegatorPublishedOn'}, the delegatee on ${'delegateePublishedOn'}.`,
    basis: `${PENALTY_LAW}第二十条；${H1}第十四条`,
  },
  DELEGATION_NOT_YET_EFFECTIVE: {
    zh: zh`请待委托书 ${'documentNo'} 生效后再行安排：委托期限自 ${'validFrom'} 起。`,
    en: en`Wait for delegation ${'documentNo'}: its term begins on ${'validFrom'}.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  DELEGATION_EXPIRED: {
    zh: zh`请与 ${'delegator'} 续签委托书 ${'documentNo'}：委托期限至 ${'validTo'}，未覆盖所选时间。`,
    en: en`Renew delegation ${'documentNo'} with ${'delegator'}: its term ends on ${'validTo'}, before the chosen time does.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  DELEGATION_SUSPENDED: {
    zh: zh`请待 ${'delegator'} 恢复委托书 ${'documentNo'}：该委托自 ${'since'} 起暂停，至 ${'until'}。`,
    en: en`Wait until ${'delegator'} resumes delegation ${'documentNo'}: it is suspended from ${'since'} until ${'until'}.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  DELEGATION_REVOKED: {
    zh: zh`请改由委托机关 ${'delegator'} 执法，或另行签订委托书：委托书 ${'documentNo'} 自 ${'since'} 起已撤销。`,
    en: en`Let ${'delegator'} act itself, or sign a new delegation: ${'documentNo'} is revoked from ${'since'}.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  DELEGATION_AREA: {
    zh: zh`请由当地有权机关执法：委托书 ${'documentNo'} 的区域为 ${'jurisdiction'}，不含 ${'division'}。`,
    en: en`Let the organ competent for the place act: delegation ${'documentNo'} is for ${'jurisdiction'}, not for ${'division'}.`,
    basis: `${PENALTY_LAW}第二十条、第二十二条`,
  },
  ACT_NOT_DELEGABLE: {
    zh: zh`请由有权行政机关自行实施：事项 ${'matter'}（${'actType'}）不得委托。`,
    en: en`Let the competent organ act itself: matter ${'matter'} (${'actType'}) cannot be delegated.`,
    basis: `${COERCION_LAW}第十七条`,
  },
  LICENSE_NEEDS_ORGAN: {
    zh: zh`请改为委托其他行政机关：行政许可只能委托行政机关实施，${'subject'} 为${'kind'}。`,
    en: en`Delegate to an administrative organ instead: a licence may be delegated to no other body, and ${'subject'} is registered as ${'kind'}.`,
    basis: '《行政许可法》第二十四条',
  },
  DELEGATOR_NOT_CONFIRMED: {
    zh: zh`请先核实委托机关 ${'delegator'} 的执法主体资格（委托书 ${'documentNo'}）：在所选时间内，该机关并非始终处于已确认状态。`,
    en: en`Settle the standing of ${'delegator'} first (delegation ${'documentNo'}): it is not confirmed throughout the chosen time.`,
    basis: `${PENALTY_LAW}第二十条；${H1}第十三条`,
  },
  DELEGATOR_LACKS_POWER: {
    zh: zh`请由依法享有事项 ${'matter'} 职权的机关委托：${'delegator'} 自身没有覆盖所选时间和区域的职权，受委托的职权不得再委托。`,
    en: en`Let an organ delegate that holds matter ${'matter'} itself: ${'delegator'} has no power of its own for the time and place, and what it holds by delegation cannot be passed on.`,
    basis: `${PENALTY_LAW}第二十条；《行政许可法》第二十四条`,
  },
  OFFICER_UNKNOWN: {
    zh: zh`请核对人员或证号 ${'asked'}：在您的管理范围内查无此人。`,
    en: en`Check the person or certificate number ${'asked'}: nobody of that kind is within your scope.`,
    basis: `${H1}第二十一条`,
  },
  DUPLICATE_MEMBER: {
    zh: zh`请删除重复的成员：${'name'} 已在名单中，同一人只计一次。`,
    en: en`Remove the second entry of ${'name'}: the same person counts once.`,
    basis: `${PENALTY_LAW}第四十二条`,
  },
  STAFF_CATEGORY_BARRED: {
    zh: zh`请更换人员：${'staffCategory'}（在编：${'onEstablishment'}）不得从事行政执法，只有在编的公务员、参公人员和事业编制人员可以。`,
    en: en`Choose somebody else: a ${'staffCategory'} (on establishment: ${'onEstablishment'}) may not enforce; only established civil servants, staff managed as such and public-institution staff may.`,
    basis: `${H1}第二十条`,
  },
  NOT_ASSIGNED_TO_SUBJECT: {
    zh: zh`请先登记该人员在本单位的任职：其任职未覆盖 ${'begins'} 至 ${'ends'} 的全部时间。`,
    en: en`Register the person's assignment to this body first: it does not cover all of ${'begins'} to ${'ends'}.`,
    basis: `${H1}第二十条`,
  },
  LEFT_SERVICE: {
    zh: zh`请更换人员：该人员自 ${'since'} 起已离职。`,
    en: en`Choose somebody else: the person has left service from ${'since'}.`,
    basis: `${H1}第二十条`,
  },
  OFF_POST: {
    zh: zh`请更换人员，或先办理返岗：该人员自 ${'since'} 起离岗，至 ${'until'}。`,
    en: en`Choose somebody else, or order the return first: the person is off post from ${'since'} until ${'until'}.`,
    basis: `${H1}第四十五条；${SUPERVISION}第三十二条`,
  },
  CERTIFICATE_MISSING: {
    zh: zh`请先申领行政执法证：该人员没有行政执法证或部颁证件。`,
    en: en`Apply for an enforcement certificate first: the person has none, nor a ministry certificate.`,
    basis: `${H1}第二十一条`,
  },
  CERTIFICATE_NOT_YET_VALID: {
    zh: zh`请选择证件生效后的时间：证件 ${'certificateNo'} 自 ${'validFrom'} 起有效。`,
    en: en`Choose a later time: certificate ${'certificateNo'} is valid from ${'validFrom'}.`,
    basis: `${H1}第二十一条`,
  },
  CERTIFICATE_EXPIRED: {
    zh: zh`请换发证件 ${'certificateNo'}：有效期至 ${'validTo'}，未覆盖所选时间。`,
    en: en`Renew certificate ${'certificateNo'}: it is valid to ${'validTo'} and does not cover the chosen time.`,
    basis: `${H1}第二十一条`,
  },
  CERTIFICATE_SUSPENDED: {
    zh: zh`请待证件 ${'certificateNo'} 明确解除暂扣后再行安排：自 ${'since'} 起暂扣，解除时间：${'liftedFrom'}。`,
    en: en`Wait until the suspension of certificate ${'certificateNo'} is lifted: it is suspended from ${'since'}; lifted from: ${'liftedFrom'}.`,
    basis: `${H1}第四十二条第六项`,
  },
  CERTIFICATE_LOST: {
    zh: zh`请声明作废并申请补发：证件 ${'certificateNo'} 自 ${'since'} 起已报失。`,
    en: en`Declare it void and apply for a reissue: certificate ${'certificateNo'} is reported lost from ${'since'}.`,
    basis: `${H1}第二十一条`,
  },
  CERTIFICATE_REVOKED: {
    zh: zh`请更换人员：证件 ${'certificateNo'} 自 ${'since'} 起已吊销。`,
    en: en`Choose somebody else: certificate ${'certificateNo'} is revoked from ${'since'}.`,
    basis: `${H1}第四十五条、第四十六条`,
  },
  CERTIFICATE_CANCELLED: {
    zh: zh`请更换人员，或重新申领：证件 ${'certificateNo'} 自 ${'since'} 起已注销。`,
    en: en`Choose somebody else, or apply anew: certificate ${'certificateNo'} is cancelled from ${'since'}.`,
    basis: `${H1}第二十一条；${SUPERVISION}第十条`,
  },
  CERTIFICATE_REPLACED: {
    zh: zh`请使用新证件：证件 ${'certificateNo'} 自 ${'since'} 起已被换发或补发的证件替代。`,
    en: en`Use the new certificate: ${'certificateNo'} is replaced from ${'since'}.`,
    basis: `${H1}第二十一条`,
  },
  ANNUAL_REVIEW_FAILED: {
    zh: zh`请整改后重新年审：证件 ${'certificateNo'} 自 ${'since'} 起年审不合格。`,
    en: en`Mend what failed and be reviewed again: the annual review of certificate ${'certificateNo'} stands failed from ${'since'}.`,
    basis: '年审制度（系统设置 review.enabled）',
  },
  ANNUAL_REVIEW_OVERDUE: {
    zh: zh`请尽快完成年审：证件 ${'certificateNo'} 自 ${'since'} 起逾期未审。`,
    en: en`Complete the annual review of certificate ${'certificateNo'}: it is overdue from ${'since'}.`,
    basis: '年审制度（系统设置 review.enabled）',
  },
  CERTIFICATE_OTHER_SUBJECT: {
    zh: zh`请为本单位换发证件：证件 ${'certificateNo'} 系为其他单位核发。`,
    en: en`Exchange the certificate for one of this body: ${'certificateNo'} was issued for another body.`,
    basis: `${H1}第二十一条、第二十四条`,
  },
  DOMAIN_NOT_COVERED: {
    zh: zh`请选择持有 ${'domain'} 领域证件的人员，或通过该领域专业法律考试后换证：证件 ${'certificateNo'} 的领域为 ${'domains'}。`,
    en: en`Choose somebody certified for ${'domain'}, or pass its special-law exam and exchange: certificate ${'certificateNo'} is for ${'domains'}.`,
    basis: `${H1}第二十一条`,
  },
  TEAM_TOO_SMALL: {
    zh: zh`请增加人员：${'actType'}至少需要 ${'minimum'} 名符合条件的执法人员，现有 ${'cleared'} 名。`,
    en: en`Add officers: ${'actType'} needs at least ${'minimum'} who are cleared, and ${'cleared'} are.`,
    basis: `${PENALTY_LAW}第四十二条；${COERCION_LAW}第十八条；${H1}第二十四条`,
  },
  MEMBER_NOT_CLEARED: {
    zh: zh`请更换或移除不符合条件的成员：共 ${'notCleared'} 名，原因见各成员。`,
    en: en`Replace or remove the members who are not cleared: ${'notCleared'}; each shows the reasons.`,
    basis: `${PENALTY_LAW}第四十二条；${H1}第二十一条`,
  },
  CERTIFICATE_EXPIRES_SOON: {
    zh: zh`请及时换发证件 ${'certificateNo'}：有效期至 ${'validTo'}。`,
    en: en`Renew certificate ${'certificateNo'} in time: it is valid to ${'validTo'}.`,
    basis: '证件管理（有效期提醒）',
  },
  HOURS_SHORT: {
    zh: zh`请补足培训学时：上一年度已确认 ${'done'} 学时，要求 ${'required'} 学时。`,
    en: en`Make up the training hours: ${'done'} confirmed in the last full year, ${'required'} required.`,
    basis: '国办发〔2023〕27号（年度培训学时）',
  },
  DELEGATION_EXPIRES_SOON: {
    zh: zh`请及时与 ${'delegator'} 续签委托书 ${'documentNo'}：期限至 ${'validTo'}。`,
    en: en`Renew delegation ${'documentNo'} with ${'delegator'} in time: its term ends on ${'validTo'}.`,
    basis: `${PENALTY_LAW}第二十条`,
  },
  SUSPENSION_PLANNED_END_PASSED: {
    zh: zh`请决定是否解除证件 ${'certificateNo'} 的暂扣：原定期限 ${'plannedTo'} 已过，未解除前仍不得使用。`,
    en: en`Decide whether to lift the suspension of certificate ${'certificateNo'}: its planned end ${'plannedTo'} has passed, and it stays suspended until lifted.`,
    basis: `${H1}第四十二条第六项`,
  },
};
