import { words, type Words } from '../i18n/dictionary';
import type { StatusWords } from '../components/status';

export const CERTIFICATE_STATE_WORDS: StatusWords<
  'RESERVED' | 'VALID' | 'SUSPENDED' | 'EXPIRED' | 'LOST' | 'REVOKED' | 'CANCELLED' | 'REPLACED'
> = {
  RESERVED: ['pending', words('制证中', 'Being issued')],
  VALID: ['ok', words('有效', 'Valid')],
  SUSPENDED: ['limited', words('暂扣', 'Suspended')],
  EXPIRED: ['stop', words('已过期', 'Expired')],
  LOST: ['stop', words('已挂失', 'Lost')],
  REVOKED: ['stop', words('已吊销', 'Revoked')],
  CANCELLED: ['void', words('已注销', 'Cancelled')],
  REPLACED: ['over', words('已换发', 'Replaced')],
};

export const CERTIFICATE_TYPE_WORDS: Readonly<Record<string, Words>> = {
  ENFORCEMENT: words('行政执法证', 'Enforcement certificate'),
  SUPERVISION: words('行政执法监督证', 'Supervision certificate'),
  MINISTRY: words('部门执法证', 'Ministry certificate'),
};

export const APPLICATION_TYPE_WORDS: Readonly<Record<string, Words>> = {
  FIRST: words('首次申领', 'First'),
  RENEW: words('到期换证', 'Renewal'),
  EXCHANGE: words('信息变更换发', 'Exchange'),
  REISSUE: words('遗失补发', 'Replacement'),
};

export const APPLICATION_TYPES = ['FIRST', 'RENEW', 'EXCHANGE', 'REISSUE'] as const;
export type ApplicationType = (typeof APPLICATION_TYPES)[number];

/** Text of an address or of an answer as a type of application; a word of another version is none. */
export const applicationTypeOf = (text: string | null): ApplicationType | null =>
  APPLICATION_TYPES.find((type) => type === text) ?? null;
