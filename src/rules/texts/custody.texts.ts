import type { CustodyRefusal } from '../card-custody.lifecycle.js';
import { en, zh, type RefusalText } from './sentence.js';

const ORDER_180 = '《河南省行政执法证件管理办法》';

/** Sentences about where a card is, and about cases. */
export type CustodyCode = CustodyRefusal | 'SECOND_SIGNATURE_BY_SAME_PERSON' | 'CASE_LEAVES_NO_CHOICE';

export const CUSTODY_TEXTS: Readonly<Record<CustodyCode, RefusalText>> = {
  CARD_OF_ENDED_CERTIFICATE: {
    zh: zh`请勿发出此卡：证号 ${'certificateNo'} 的证件现为 ${'state'} 状态。`,
    en: en`Keep this card back: certificate ${'certificateNo'} is ${'state'}.`,
    basis: `${ORDER_180}第五条`,
  },
  OLD_CARD_NOT_RETURNED: {
    zh: zh`请先收回旧证 ${'certificateNo'}：换发应当交回原证件。`,
    en: en`Take back the old card ${'certificateNo'} first: a new one is given in exchange for it.`,
    basis: `${ORDER_180}（换发交旧）`,
  },
  CARD_STILL_LIVE: {
    zh: zh`请先注销或吊销：证号 ${'certificateNo'} 的证件仍然有效，不能列入销毁清单。`,
    en: en`End the certificate first: ${'certificateNo'} is still live and can't be listed for destruction.`,
    basis: `${ORDER_180}（销毁登记）`,
  },
  SECOND_SIGNATURE_BY_SAME_PERSON: {
    zh: zh`请由另一人签字：销毁清单须由两人分别签字。`,
    en: en`Leave it to somebody else: two people sign a destruction list.`,
    basis: `${ORDER_180}（销毁登记）`,
  },
  CASE_LEAVES_NO_CHOICE: {
    zh: zh`请按规定办理：此情形（${'cause'}）应当注销、吊销或者收回，不能保留证件。`,
    en: en`Do what the case asks for: its cause (${'cause'}) leaves no choice but to end the certificate or take the card back.`,
    basis: `${ORDER_180}第五条`,
  },
};
