import type { PublicationRefusal } from '../publication.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

const CHECK = '《政府信息公开条例》第十七条；BR-95';

/** Sentences of the publication of officers: first what to do, then why. */
export const PUBLICATION_TEXTS: Readonly<Record<PublicationRefusal, RefusalText>> = {
  PUBLICATION_UNKNOWN: {
    zh: zh`请核对公示记录：您的权限范围内没有这条记录。`,
    en: en`Check the publication record: there is no such record within your scope.`,
    basis: 'BR-133',
  },
  PUBLICATION_STATE: {
    zh: zh`请刷新后再办理：该公示记录现为“${'publicationState'}”，不能这样办理。`,
    en: en`Read it again: the publication record is ${'publicationState'} now, so this can't be done.`,
    basis: 'BR-93',
  },
  NOT_PUBLISHABLE: {
    zh: zh`请先办结该人员的证件或岗位事项：证件无效、暂扣，或者本人不在岗的，不得公示。`,
    en: en`Settle the card or the post first: nobody is published whose card is not valid or who is not on post.`,
    basis: 'BR-93',
  },
  PRIVACY_NOT_CHECKED: {
    zh: zh`请完成隐私审查并勾选：未经审查不得公示。`,
    en: en`Do the privacy check and say so: nothing is published without it.`,
    basis: CHECK,
  },
  SECRECY_NOT_CHECKED: {
    zh: zh`请完成保密审查并勾选：未经审查不得公示。`,
    en: en`Do the secrecy check and say so: nothing is published without it.`,
    basis: CHECK,
  },
};
