import { Injectable } from '@nestjs/common';
import { OfficerPhotos } from '../../officers/index.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { Clock } from '../../kernel/clock.js';
import { instantText, legalDateOf } from '../../rules/calendar.js';
import { CardChecks } from '../verification/card-checks.js';
import { VERDICTS } from '../verification/verdict-words.js';
import { Verification, type Finding, type FoundCard } from '../verification/verification.js';
import { publicView } from './public-view.js';
import type { PublicLookupView } from './public-certificate.view.js';

/** The look-ups of the public: each that finds a card is kept (time, card, answer), and may raise the alarm. */
@Injectable()
export class PublicLookups {
  constructor(
    private readonly verification: Verification,
    private readonly checks: CardChecks,
    private readonly photos: OfficerPhotos,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** BR-96: by the whole number, exact matches only. */
  async byNumber(no: string, name: string | undefined): Promise<PublicLookupView> {
    const found = await this.verification.byNumber(no, name);
    for (const one of found) await this.keep(one);
    const items = found.map(publicView);
    return items.length > 0
      ? { result: 'FOUND', messageZh: '查到以下证件', messageEn: 'The certificate is on record.', items }
      : { result: 'NOT_FOUND', messageZh: '查无此证', messageEn: 'There is no such certificate.', items };
  }

  /** The same for a page: the card that a page can show, which is the usable one where two types share a number. */
  async cardOf(no: string, name: string): Promise<Finding> {
    const found = await this.verification.byNumber(no, name);
    for (const one of found) await this.keep(one);
    return found.find(({ judgement }) => judgement.verdict === 'USABLE') ?? found[0] ?? { kind: 'NOT_FOUND' };
  }

  async byText(text: string): Promise<Finding> {
    const finding = await this.verification.byText(text);
    if (finding.kind === 'FOUND') await this.keep(finding);
    return finding;
  }

  /** By code or number, without keeping anything: for the page on which a mismatch is reported. */
  async look(text: string): Promise<Finding> {
    const finding = await this.verification.byText(text);
    if (finding.kind === 'FOUND' || !/^[0-9A-Za-z-]{1,40}$/.test(text)) return finding;
    return (await this.verification.byNumber(text, undefined))[0] ?? finding;
  }

  /** BR-94: the portrait on the page behind the QR, where the setting says so and the person may be named. */
  async photo({ card, judgement, channel }: FoundCard): Promise<Buffer | null> {
    if (channel === 'NUMBER' || !VERDICTS[judgement.verdict].namesThePerson) return null;
    const today = legalDateOf(await this.clock.now()) ?? '';
    if (!(await this.settings.flag(today, 'publish.photoOnQr'))) return null;
    const [photo] = await this.photos.current([card.officerId]);
    return photo ? this.photos.read(photo, 'thumbnail') : null;
  }

  /** What every page says: the time, and whom to ring. */
  async about(): Promise<{ readonly checkedAt: string; readonly phone: string }> {
    const now = await this.clock.now();
    const checkedAt = (instantText(Math.floor(now / 1000) * 1000) ?? '').slice(0, 19).replace('T', ' ');
    return { checkedAt, phone: await this.settings.text(legalDateOf(now) ?? '', 'publish.supervisionPhone') };
  }

  private keep({ card, judgement, channel }: FoundCard): Promise<void> {
    return this.checks.record({
      certificateId: card.id,
      channel,
      verdict: judgement.verdict,
      accountId: null,
    });
  }
}
