import { Injectable } from '@nestjs/common';
import { below, Db } from '../../infrastructure/database/db.js';
import { shrink } from '../../infrastructure/print/portrait.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { OfficerPhotos } from '../../officers/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { judgeCard, verdictsWithin, type CardVerdict } from '../../rules/card-usability.rules.js';
import { CardFactsQueries, type KnownCard } from '../verification/card-facts.queries.js';
import { codeHash } from './signed-document.js';

/** Epoch seconds everywhere: a verifier needs no calendar. */
interface Dated {
  readonly version: 1;
  readonly issuedAt: number;
  readonly freshUntil: number;
  readonly validUntil: number;
}

export interface RosterEntry {
  /** Of the code behind the QR. */
  readonly code: string;
  readonly number: string;
  readonly type: string;
  readonly name: string;
  readonly unit: string;
  readonly post: string;
  readonly domains: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  /** The verdict from each second on, the first at the time of issue: expiry and what is known to come stand in it. */
  readonly verdicts: readonly (readonly [from: number, verdict: CardVerdict])[];
  /** JPEG in base64. */
  readonly photo?: string;
}

export interface Roster extends Dated {
  readonly kind: 'roster';
  readonly serial: number;
  readonly title: string;
  readonly entries: readonly RosterEntry[];
}

export interface StatusList extends Dated {
  readonly kind: 'status-list';
  /** Hash of the code and verdict, by hash. */
  readonly items: readonly (readonly [code: string, verdict: CardVerdict])[];
}

const MOST_PEOPLE = 20_000;
const MOST_PHOTOS = 500;
const PHOTO_WIDTH = 72;
/** What the status list names: expiry is a matter of dates. */
const LISTED: ReadonlySet<CardVerdict> = new Set(['SUSPENDED', 'LOST', 'REVOKED', 'CANCELLED', 'REPLACED']);

/** The content of offline documents, as of one moment. */
@Injectable()
export class RosterContents {
  constructor(
    private readonly db: Db,
    private readonly cards: CardFactsQueries,
    private readonly photos: OfficerPhotos,
    private readonly settings: Settings,
  ) {}

  /** @throws Problem 400 */
  requireSize(people: number, withPhotos: boolean): void {
    const most = withPhotos ? MOST_PHOTOS : MOST_PEOPLE;
    if (people <= most) return;
    const detail = `at most ${most} people${withPhotos ? ' with portraits' : ''}; choose fewer units`;
    throw inputInvalid([{ pointer: '/subjectIds', code: 'TOO_MANY_PEOPLE', detail }]);
  }

  async roster(
    title: string,
    officerIds: readonly string[],
    { serial, now, withPhotos }: { readonly serial: number; readonly now: number; readonly withPhotos: boolean },
  ): Promise<Roster> {
    const dated = await this.dated(now);
    const cards = (await this.cards.byOfficers(officerIds, now)).filter(({ wasIssued }) => wasIssued);
    const names = new Map(
      (await this.settings.dictionary(legalDateOf(now) ?? '', 'domains')).map(({ code, nameZh }) => [code, nameZh]),
    );
    const portraits = withPhotos ? await this.portraits(officerIds) : new Map<string, string>();
    const entries = cards.map((card): RosterEntry => {
      const photo = portraits.get(card.officerId);
      return {
        code: codeHash(card.publicCode),
        number: card.number,
        type: card.type,
        name: card.holderName,
        unit: card.subjectName,
        post: card.postTitle,
        domains: card.domains.map((code) => names.get(code) ?? code),
        validFrom: card.validFrom,
        validTo: card.validTo,
        verdicts: verdictsOf(card, dated),
        ...(photo === undefined ? {} : { photo }),
      };
    });
    return { kind: 'roster', ...dated, serial, title, entries };
  }

  /** Every card of the body and of those below it that may not be shown any more. */
  async statusList(path: string, now: number): Promise<StatusList> {
    const dated = await this.dated(now);
    const rows = await this.db.rows<{ id: string }>(
      `SELECT c.id FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id JOIN subjects s ON s.id = c.subject_id
       WHERE s.path LIKE ? AND (st.status IN ('LOST','REVOKED','CANCELLED','REPLACED') OR EXISTS (
         SELECT 1 FROM certificate_suspensions x WHERE x.certificate_id = c.id AND x.superseded_at IS NULL))`,
      [below(path)],
    );
    const cards = await this.cards.byIds(
      rows.map(({ id }) => id),
      now,
    );
    const items = cards
      .filter(({ wasIssued }) => wasIssued)
      .map((card) => [codeHash(card.publicCode), judgeCard(card.facts, now).verdict] as const)
      .filter(([, verdict]) => LISTED.has(verdict))
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return { kind: 'status-list', ...dated, items };
  }

  private async dated(now: number): Promise<Dated> {
    const today = legalDateOf(now) ?? '';
    const issuedAt = Math.floor(now / 1000);
    const freshUntil = issuedAt + (await this.settings.number(today, 'offline.freshHours')) * 3600;
    const limit = issuedAt + (await this.settings.number(today, 'offline.limitHours')) * 3600;
    return { version: 1, issuedAt, freshUntil, validUntil: Math.max(freshUntil, limit) };
  }

  private async portraits(officerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const photo of await this.photos.current(officerIds)) {
      const small = await shrink(await this.photos.read(photo, 'thumbnail'), PHOTO_WIDTH, 55);
      found.set(photo.officerId, small.toString('base64'));
    }
    return found;
  }
}

/** A change within a second counts from that second on where it takes a right away, from the next one where it gives one. */
function verdictsOf(card: KnownCard, { issuedAt, validUntil }: Dated): RosterEntry['verdicts'] {
  const seconds = new Map<number, CardVerdict>();
  for (const { from, verdict } of verdictsWithin(card.facts, issuedAt * 1000, validUntil * 1000)) {
    const second = verdict === 'USABLE' ? Math.ceil(from / 1000) : Math.floor(from / 1000);
    seconds.set(Math.max(second, issuedAt), verdict);
  }
  return [...seconds].sort(([a], [b]) => a - b);
}
