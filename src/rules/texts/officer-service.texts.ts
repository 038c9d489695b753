import type { OfficerServiceCode } from '../officer-service.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

/** Sentences of the register of officers: first what to do, then why. */
export const OFFICER_SERVICE_TEXTS: Readonly<Record<OfficerServiceCode, RefusalText>> = {
  AUXILIARY_NOT_AN_OFFICER: {
    zh: zh`请不要把辅助人员登记为执法人员：协管员、网格员等辅助人员不得申领执法证件，另册管理。`,
    en: en`Do not register auxiliary personnel as officers: they hold no certificate and are kept in a register of their own.`,
    basis: '《河南省行政执法条例》第二十条；BR-25',
  },
  TRANSFER_BEFORE_ASSIGNMENT: {
    zh: zh`请核对调动日期：调动时间 ${'effectiveFrom'} 早于现任岗位的起始时间 ${'assignedFrom'}。`,
    en: en`Check the date of the transfer: ${'effectiveFrom'} lies before the running assignment began on ${'assignedFrom'}.`,
    basis: 'BR-16',
  },
  RETURN_BEFORE_ORDER: {
    zh: zh`请核对回岗日期：回岗时间 ${'effectiveFrom'} 早于离岗令的生效时间 ${'orderFrom'}。`,
    en: en`Check the date of the return: ${'effectiveFrom'} lies before the off-post order took effect on ${'orderFrom'}.`,
    basis: '《河南省行政执法条例》第四十五条；BR-38',
  },
};
