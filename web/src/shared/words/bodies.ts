import { words, type Words } from '../i18n/dictionary';
import type { StatusWords } from '../components/status';

export const SUBJECT_KIND_WORDS: Readonly<Record<string, Words>> = {
  ADMIN_ORGAN: words('行政机关', 'Administrative organ'),
  DISPATCHED_ORGAN: words('派出机关', 'Dispatched organ'),
  AUTHORIZED_ORG: words('授权组织', 'Authorised organisation'),
  DELEGATED_ORGAN: words('受委托机关', 'Delegated organ'),
  DELEGATED_ORG: words('受委托组织', 'Delegated organisation'),
};

export const SUBJECT_STATE_WORDS: StatusWords<'REGISTERED' | 'CONFIRMED' | 'SUSPENDED' | 'ABOLISHED'> = {
  REGISTERED: ['pending', words('待确认', 'Registered')],
  CONFIRMED: ['ok', words('已确认', 'Confirmed')],
  SUSPENDED: ['limited', words('已暂停', 'Suspended')],
  ABOLISHED: ['void', words('已撤销', 'Abolished')],
};

export const ACT_TYPE_WORDS: Readonly<Record<string, Words>> = {
  LICENSE: words('行政许可', 'Licence'),
  PENALTY: words('行政处罚', 'Penalty'),
  COERCIVE_MEASURE: words('行政强制措施', 'Coercive measure'),
  COERCIVE_EXECUTION: words('行政强制执行', 'Coercive execution'),
  INSPECTION: words('行政检查', 'Inspection'),
  LEVY: words('行政征收', 'Levy'),
  CHARGE: words('行政收费', 'Charge'),
  PAYMENT: words('行政给付', 'Payment'),
  CONFIRMATION: words('行政确认', 'Confirmation'),
  RULING: words('行政裁决', 'Ruling'),
};

export const BASIS_RANK_WORDS: Readonly<Record<string, Words>> = {
  LAW: words('法律', 'Law'),
  ADMINISTRATIVE_REGULATION: words('行政法规', 'Administrative regulation'),
  LOCAL_REGULATION: words('地方性法规', 'Local regulation'),
  RULE: words('规章', 'Rule'),
};

export const DELEGATION_STATE_WORDS: StatusWords<
  'DRAFT' | 'SIGNED' | 'PUBLISHED' | 'EFFECTIVE' | 'SUSPENDED' | 'EXPIRED' | 'REVOKED'
> = {
  DRAFT: ['draft', words('草稿', 'Draft')],
  SIGNED: ['pending', words('已签订，待公布', 'Signed, unpublished')],
  PUBLISHED: ['pending', words('已公布，未生效', 'Published, not yet in force')],
  EFFECTIVE: ['ok', words('生效中', 'In force')],
  SUSPENDED: ['limited', words('已暂停', 'Suspended')],
  EXPIRED: ['over', words('已到期', 'Expired')],
  REVOKED: ['void', words('已撤销', 'Revoked')],
};
