import { Injectable } from '@nestjs/common';
import { PublicCodes } from '../../infrastructure/crypto/public-codes.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { Clock } from '../../kernel/clock.js';
import { legalDateOf } from '../../rules/calendar.js';
import { judgeCard, type CardJudgement } from '../../rules/card-usability.rules.js';
import { CardFactsQueries, type KnownCard } from './card-facts.queries.js';
import type { CheckChannel } from './card-checks.js';
import { LiveCodes } from './live-codes.js';

/** A card as it stands at the moment of the question. */
export interface FoundCard {
  readonly kind: 'FOUND';
  readonly card: KnownCard;
  readonly judgement: CardJudgement;
  readonly channel: CheckChannel;
  /** Chinese names of its fields of enforcement. */
  readonly domainNames: readonly string[];
}

/** MISTYPED: a slip of the finger. LIVE_OVER: a live code of ours whose minute is over. LIVE_FORGED: one that nobody here signed. */
export type Finding = FoundCard | { readonly kind: 'NOT_FOUND' | 'MISTYPED' | 'LIVE_OVER' | 'LIVE_FORGED' };

/** Answers what a code or a number stands for now. Decides nothing about who may see what of it. */
@Injectable()
export class Verification {
  constructor(
    private readonly clock: Clock,
    private readonly codes: PublicCodes,
    private readonly live: LiveCodes,
    private readonly cards: CardFactsQueries,
    private readonly settings: Settings,
  ) {}

  /** Takes what a QR held or somebody typed: a code, a live code, or the address that ends with one. */
  async byText(text: string): Promise<Finding> {
    const now = await this.clock.now();
    const bare = text.trim().split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1) ?? '';
    const live = await this.live.read(bare, now);
    if (live?.kind === 'FORGED') return { kind: 'LIVE_FORGED' };
    if (live?.kind === 'OVER') return { kind: 'LIVE_OVER' };
    if (live)
      return (await this.found(await this.cards.byCode(live.live.publicCode, now), 'LIVE', now))[0] ?? NOT_FOUND;
    const typed = this.codes.examine(bare);
    if (typed.kind === 'MISTYPED') return { kind: 'MISTYPED' };
    if (typed.kind === 'NO_CODE') return NOT_FOUND;
    return (await this.found(await this.cards.byCode(typed.code, now), 'QR', now))[0] ?? NOT_FOUND;
  }

  /** Every card with this whole number (two types may share one), of this holder where a name is given. Exact matches only. */
  async byNumber(number: string, name: string | undefined): Promise<FoundCard[]> {
    const now = await this.clock.now();
    const cards = await this.cards.byNumber(number.trim().toUpperCase(), now);
    const wanted = name?.normalize('NFKC').trim();
    const asked =
      wanted === undefined ? cards : cards.filter(({ holderName }) => holderName.normalize('NFKC') === wanted);
    return this.found(asked, 'NUMBER', now);
  }

  /** A reservation, kept or given up, is no certificate. */
  private async found(cards: readonly KnownCard[], channel: CheckChannel, now: number): Promise<FoundCard[]> {
    const issued = cards.filter(({ wasIssued }) => wasIssued);
    if (issued.length === 0) return [];
    const dictionary = await this.settings.dictionary(legalDateOf(now) ?? '', 'domains');
    const names = new Map(dictionary.map(({ code, nameZh }) => [code, nameZh]));
    return issued.map((card): FoundCard => ({
      kind: 'FOUND',
      card,
      judgement: judgeCard(card.facts, now),
      channel,
      domainNames: card.domains.map((code) => names.get(code) ?? code),
    }));
  }
}

const NOT_FOUND: Finding = { kind: 'NOT_FOUND' };
