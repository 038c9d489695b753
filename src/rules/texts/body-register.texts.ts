import type { BodyRegisterCode } from '../body-register.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

const DELEGATION = '《行政处罚法》第二十条';

/** Sentences of the register of bodies and delegations: first what to do, then why. */
export const BODY_REGISTER_TEXTS: Readonly<Record<BodyRegisterCode, RefusalText>> = {
  RESTORED_BEFORE_SUSPENSION: {
    zh: zh`请核对恢复日期：恢复时间 ${'effectiveFrom'} 早于暂停的起始时间 ${'suspendedFrom'}。`,
    en: en`Check the date of the restoration: ${'effectiveFrom'} lies before the suspension began on ${'suspendedFrom'}.`,
    basis: '《河南省行政执法条例》第十三条；BR-01',
  },
  RESUMED_BEFORE_SUSPENSION: {
    zh: zh`请核对恢复日期：恢复时间 ${'effectiveFrom'} 早于委托中止的起始时间 ${'suspendedFrom'}。`,
    en: en`Check the date of the resumption: ${'effectiveFrom'} lies before the suspension began on ${'suspendedFrom'}.`,
    basis: DELEGATION,
  },
  POWER_END_BEFORE_BEGINNING: {
    zh: zh`请核对职权终止日期：${'newEnd'} 早于职权起始日期 ${'validFrom'}。`,
    en: en`Check the last day of the power: ${'newEnd'} lies before it began on ${'validFrom'}.`,
    basis: '《行政处罚法》第十七条',
  },
  POWER_END_NOT_EARLIER: {
    zh: zh`请另行登记新的职权：终止日期 ${'newEnd'} 不早于现有终止日期 ${'validTo'}，此处只能提前终止。`,
    en: en`Register a new power instead: ${'newEnd'} is not earlier than the last day known, ${'validTo'}; here a power can only be shortened.`,
    basis: '《行政处罚法》第十七条',
  },
  RECORD_IN_FUTURE: {
    zh: zh`请在事后登记：发生日期 ${'happenedOn'} 晚于今天 ${'today'}。`,
    en: en`Enter it once it has happened: ${'happenedOn'} is later than today, ${'today'}.`,
    basis: `${DELEGATION}；BR-13`,
  },
  SUPERVISION_OVERDUE: {
    zh: zh`请对受委托组织开展监督并登记：最近一次监督为 ${'lastSupervisedOn'}，应于 ${'dueOn'} 前再次监督。`,
    en: en`Supervise the delegatee and record it: it was last supervised on ${'lastSupervisedOn'}, the next time was due by ${'dueOn'}.`,
    basis: `${DELEGATION}；BR-13`,
  },
  DELEGATION_FILED_LATE: {
    zh: zh`请说明逾期原因：委托书于 ${'filedOn'} 备案，期限为 ${'fileBy'}。`,
    en: en`Explain the delay: the letter was filed on ${'filedOn'}, the last day was ${'fileBy'}.`,
    basis: 'BR-12',
  },
};
