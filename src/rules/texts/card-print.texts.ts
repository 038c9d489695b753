import type { CardPrintCode } from '../card-print.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

/** Sentences of the printing of cards. */
export const CARD_PRINT_TEXTS: Readonly<Record<CardPrintCode, RefusalText>> = {
  CARD_GLYPHS_MISSING: {
    zh: zh`请为制证字体补充生僻字后再办理：现有字体都没有“${'characters'}”（${'name'}）。`,
    en: en`Add a font that has “${'characters'}” (${'name'}): none of the fonts for cards can print it.`,
    basis: '《河南省行政执法证件管理办法》第五条（证件载明持证人姓名）',
  },
};
