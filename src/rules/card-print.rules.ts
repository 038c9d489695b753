import type { Reason } from './verdict.js';

/** What stands against printing a card. domain.md 7.1. */
export type CardPrintCode = 'CARD_GLYPHS_MISSING';

/** Takes the characters of a card's texts that no font has. Gives the reason, or none. */
export const glyphReasons = (
  missing: readonly string[],
  holder: { readonly name: string; readonly certificateNo: string | null },
): Reason<CardPrintCode>[] =>
  missing.length === 0 ? [] : [{ code: 'CARD_GLYPHS_MISSING', facts: { characters: missing.join('、'), ...holder } }];
