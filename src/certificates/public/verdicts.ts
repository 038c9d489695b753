export type PublicVerdict =
  'USABLE' | 'NOT_YET_VALID' | 'SUSPENDED' | 'EXPIRED' | 'LOST' | 'REVOKED' | 'CANCELLED' | 'REPLACED';

export interface VerdictWords {
  readonly zh: string;
  readonly en: string;
  readonly icon: string;
  /** Never the only sign: word and icon say the same. */
  readonly colour: string;
  readonly namesThePerson: boolean;
}

const bad = (zh: string, en: string): VerdictWords => ({ zh, en, icon: '✖', colour: '#a8071a', namesThePerson: false });
const wait = (zh: string, en: string): VerdictWords => ({ zh, en, icon: '⏸', colour: '#874d00', namesThePerson: true });

export const VERDICTS: Readonly<Record<PublicVerdict, VerdictWords>> = {
  USABLE: { zh: '有效', en: 'Valid', icon: '✔', colour: '#135200', namesThePerson: true },
  NOT_YET_VALID: wait('尚未生效', 'Not valid yet'),
  EXPIRED: wait('已过期', 'Expired'),
  SUSPENDED: { ...bad('已暂扣', 'Suspended'), icon: '⏸' },
  LOST: bad('已挂失', 'Reported lost'),
  REVOKED: bad('已吊销', 'Revoked'),
  CANCELLED: bad('已注销', 'Cancelled'),
  REPLACED: bad('已换发新证', 'Replaced by a new card'),
};
