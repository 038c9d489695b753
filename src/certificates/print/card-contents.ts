import { Injectable } from '@nestjs/common';
import { groupedCode, PublicAddress } from '../../infrastructure/http/public-address.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { OfficerPhotos } from '../../officers/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { divisionName } from '../../rules/codes/division-names.js';
import type { KnownCard } from '../verification/card-facts.queries.js';
import type { CardContent } from './card-content.js';

const TITLES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  ENFORCEMENT: ['行政执法证', 'ADMINISTRATIVE LAW ENFORCEMENT CERTIFICATE'],
  SUPERVISION: ['行政执法监督证', 'ADMINISTRATIVE LAW ENFORCEMENT SUPERVISION CERTIFICATE'],
};
const OTHER = ['行政执法证件', 'LAW ENFORCEMENT CERTIFICATE'] as const;

/** Puts together what is printed: the content as it was issued, the portrait as it is now. */
@Injectable()
export class CardContents {
  constructor(
    private readonly address: PublicAddress,
    private readonly photos: OfficerPhotos,
    private readonly settings: Settings,
  ) {}

  /** Without portraits: for looking at the texts before anything is drawn. */
  async texts(cards: readonly KnownCard[], now: number): Promise<CardContent[]> {
    const today = legalDateOf(now) ?? '';
    const [domains, supervisedBy] = await Promise.all([
      this.settings.dictionary(today, 'domains'),
      this.settings.text(today, 'card.supervisedBy'),
    ]);
    const names = new Map(domains.map((item) => [item.code, item.nameZh]));
    return cards.map((card) => {
      const [titleZh, titleEn] = TITLES[card.type] ?? OTHER;
      return {
        titleZh,
        titleEn,
        name: card.holderName,
        sex: card.gender === 'MALE' ? '男' : '女',
        unit: card.subjectName,
        number: card.number,
        area: divisionName(card.divisionCode),
        domains: card.domains.map((code) => names.get(code) ?? code).join('、') || '行政执法监督',
        validFrom: card.validFrom,
        validTo: card.validTo,
        issuer: card.issuer ?? supervisedBy,
        supervisedBy,
        url: this.address.ofCard(card.publicCode),
        code: groupedCode(card.publicCode),
        photo: null,
      };
    });
  }

  /** The same with portraits, which are read part by part while the pages leave. */
  async *withPhotos(
    cards: readonly KnownCard[],
    texts: readonly CardContent[],
    size: number,
  ): AsyncGenerator<readonly CardContent[], void> {
    for (let start = 0; start < cards.length; start += size) {
      const part = cards.slice(start, start + size);
      const photos = await this.photos.current(part.map(({ officerId }) => officerId));
      const byOfficer = new Map(photos.map((photo) => [photo.officerId, photo]));
      yield await Promise.all(
        part.map(async (card, i): Promise<CardContent> => {
          const photo = byOfficer.get(card.officerId);
          const content = texts[start + i];
          if (!content) throw new Error('a card has no text');
          return { ...content, photo: photo ? await this.photos.read(photo, 'card') : null };
        }),
      );
    }
  }
}
