import { Injectable } from '@nestjs/common';
import { PublicAddress } from '../../infrastructure/http/public-address.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem, notFound } from '../../kernel/problem.js';
import { judgeCard } from '../../rules/card-usability.rules.js';
import { CardFactsQueries } from './card-facts.queries.js';
import { LiveCodes } from './live-codes.js';
import type { LiveCodeView } from './verification.view.js';
import { VerifyCard } from './verify-card.js';
import { VERDICTS } from './verdict-words.js';

/** The code that an officer shows on the own screen for a minute. There is none for a card that may not be used. */
@Injectable()
export class ShowLiveCode {
  constructor(
    private readonly clock: Clock,
    private readonly cards: CardFactsQueries,
    private readonly live: LiveCodes,
    private readonly address: PublicAddress,
    private readonly checks: VerifyCard,
  ) {}

  /** @throws Problem 404 unless it is the asker's own; 409 with the state of a card that may not be used now */
  async execute(actor: Actor, certificateId: string): Promise<LiveCodeView> {
    const now = await this.clock.now();
    const [card] = await this.cards.byIds([certificateId], now);
    if (!card || actor.officerId === null || card.officerId !== actor.officerId) throw notFound('certificate');
    const { verdict, reasons } = judgeCard(card.facts, now);
    if (verdict !== 'USABLE') {
      const { zh, en } = VERDICTS[verdict];
      throw new Problem('conflict', 'CARD_NOT_USABLE', `${zh}。${en}.`, { extensions: { state: verdict }, reasons });
    }
    const code = await this.live.create(card.publicCode, now);
    const today = await this.checks.checksToday([card.id]);
    return {
      url: this.address.ofCard(code.token),
      token: code.token,
      keyId: code.keyId,
      issuedAt: new Date(code.issuedAt * 1000).toISOString(),
      expiresAt: new Date(code.expiresAt * 1000).toISOString(),
      secondsLeft: Math.max(0, code.expiresAt - Math.floor(now / 1000)),
      checksToday: today.get(card.id) ?? 0,
    };
  }
}
