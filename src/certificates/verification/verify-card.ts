import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { OfficerPhotos } from '../../officers/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { instantText, legalDateOf, startOfDay } from '../../rules/calendar.js';
import { divisionName } from '../../rules/codes/division-names.js';
import { explain } from '../../rules/refusal-texts.js';
import { CardChecks } from './card-checks.js';
import type { VerifyDto } from './verification.dto.js';
import type { CardVerificationView, VerifiedCardView } from './verification.view.js';
import { Verification, type Finding, type FoundCard } from './verification.js';
import { VERDICTS } from './verdict-words.js';

/** The check by supervising staff: everything of the own district, of others what the public sees; kept with who and where. */
@Injectable()
export class VerifyCard {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly verification: Verification,
    private readonly checks: CardChecks,
    private readonly photos: OfficerPhotos,
  ) {}

  /** @throws Problem 400 unless one of code and number is given */
  async execute(actor: Actor, asked: VerifyDto): Promise<CardVerificationView> {
    const findings = await this.find(asked);
    const found = findings.filter((one): one is FoundCard => one.kind === 'FOUND');
    for (const { card, judgement } of found) {
      await this.checks.record({
        certificateId: card.id,
        channel: 'STAFF',
        verdict: judgement.verdict,
        place: asked.place,
        accountId: actor.accountId,
      });
    }
    const [first] = findings;
    return {
      result: found.length > 0 ? 'FOUND' : (first?.kind ?? 'NOT_FOUND'),
      checkedAt: instantText(await this.clock.now()) ?? '',
      items: await this.views(actor, found),
    };
  }

  /** How often each of these cards was checked since midnight. */
  async checksToday(certificateIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const midnight = startOfDay(legalDateOf(await this.clock.now()) ?? '') ?? 0;
    const rows = await this.db.rows<{ certificate_id: string; n: number }>(
      `SELECT certificate_id, COUNT(*) AS n FROM certificate_checks
       WHERE certificate_id IN (${marks(certificateIds)}) AND checked_at >= ? GROUP BY certificate_id`,
      [...certificateIds, new Date(midnight)],
    );
    return new Map(rows.map(({ certificate_id, n }) => [certificate_id, Number(n)]));
  }

  private async find({ code, no }: VerifyDto): Promise<readonly Finding[]> {
    if ((code === undefined) === (no === undefined))
      throw inputInvalid([{ pointer: '/code', code: 'ONE_OF', detail: 'send either code or no' }]);
    if (code !== undefined) return [await this.verification.byText(code)];
    return this.verification.byNumber(no ?? '', undefined);
  }

  private async views(actor: Actor, found: readonly FoundCard[]): Promise<VerifiedCardView[]> {
    if (found.length === 0) return [];
    const photos = await this.photos.current(found.map(({ card }) => card.officerId));
    const withPhoto = new Set(photos.map(({ officerId }) => officerId));
    const today = await this.checksToday(found.map(({ card }) => card.id));
    return found.map((one) => {
      const { card, judgement } = one;
      const inScope = card.subjectPath.startsWith(actor.homeSubjectPath);
      const { zh, en, colour, namesThePerson } = VERDICTS[judgement.verdict];
      const isShown = inScope || namesThePerson;
      return {
        certificateNo: card.number,
        type: card.type,
        verdict: judgement.verdict,
        verdictZh: zh,
        verdictEn: en,
        colour,
        name: isShown ? card.holderName : null,
        unit: isShown ? card.subjectName : null,
        post: isShown ? card.postTitle : null,
        domains: isShown ? [...one.domainNames] : [],
        area: isShown ? divisionName(card.divisionCode) : null,
        issuer: isShown ? card.issuer : null,
        validFrom: isShown ? card.validFrom : null,
        validTo: isShown ? card.validTo : null,
        inScope,
        certificateId: inScope ? card.id : null,
        officerId: inScope ? card.officerId : null,
        idNumberTail: inScope ? card.idNumberMasked.slice(-4) : null,
        hasPhoto: inScope && withPhoto.has(card.officerId),
        reasons: inScope ? judgement.reasons.map(explain) : [],
        checksToday: today.get(card.id) ?? 0,
      };
    });
  }
}
