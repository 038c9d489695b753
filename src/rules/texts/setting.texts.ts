import type { SettingRefusal } from '../setting.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

/** Sentences of the settings desk: first what to do, then why. */
export const SETTING_TEXTS: Readonly<Record<SettingRefusal, RefusalText>> = {
  SETTING_OUT_OF_RANGE: {
    zh: zh`请填写 ${'least'} 至 ${'greatest'} 之间的数值：参数 ${'key'} 不得超出此范围。`,
    en: en`Enter a number from ${'least'} to ${'greatest'}: the setting ${'key'} goes no further.`,
    basis: '《行政处罚法》第四十二条；BR-88、BR-132、BR-140',
  },
  SETTING_NOT_A_CHOICE: {
    zh: zh`请从 ${'choices'} 中选择：参数 ${'key'} 没有其他取值。`,
    en: en`Choose one of ${'choices'}: the setting ${'key'} knows no other value.`,
    basis: '参数目录',
  },
  SETTING_BACKDATED: {
    zh: zh`请选择今天（${'today'}）或以后的生效日期：已生效的参数值不得改动（所填 ${'effectiveFrom'}）。`,
    en: en`Choose today (${'today'}) or a later day: what has been in force is never changed (you gave ${'effectiveFrom'}).`,
    basis: '参数目录',
  },
  SETTING_OWN_PROPOSAL: {
    zh: zh`请由另一人审批：提出人不得审批自己的参数修改。`,
    en: en`Let somebody else decide: nobody approves his own proposal.`,
    basis: 'BR-131',
  },
};
