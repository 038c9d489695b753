import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { ImportRow } from '../../kernel/import-definition.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { legalDateOf } from '../../rules/calendar.js';
import { isLive, type CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { groupBy, inParts } from '../collections.js';
import { OfficerLocks } from '../officer-locks.js';
import { plain, splitDomains } from './card-columns.js';
import { CardRows, type CardRow } from './card-rows.js';
import { error, isError, problemOf } from './row-problems.js';

export interface ExistingRow extends CardRow {
  readonly subjectId: string | null;
  readonly subjectName: string;
  readonly domains: readonly string[];
  /** The card is in the register already, exactly like this. */
  readonly isKnown: boolean;
  /** Its validity has not passed. */
  readonly isCurrent: boolean;
}

export interface ExistingReading {
  readonly rows: readonly ExistingRow[];
  readonly held: readonly CertificateRecord[];
  readonly now: number;
}

/** Reads cards that an authority holds already against the register (BR-141): registered officer, number never used, one live card. */
@Injectable()
export class ExistingReader {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly cards: CardRows,
    private readonly officers: OfficerLocks,
    private readonly certificates: CertificateLocks,
  ) {}

  /** `lock`: everything the decision rests on is locked first, because the rows are about to be applied. */
  async read(actor: Actor, rows: readonly ImportRow[], lock: boolean): Promise<ExistingReading> {
    const today = legalDateOf(await this.clock.now()) ?? '';
    let cards = await this.cards.read(actor, rows, today, true);
    const officerIds = cards.flatMap(({ officer }) => officer?.id ?? []);
    if (lock) {
      await this.officers.lock(officerIds);
      cards = await this.cards.read(actor, rows, today, true);
    }
    const held = lock
      ? await this.certificates.statesOfOfficers(officerIds)
      : await this.certificates.ofOfficers(officerIds);
    const now = await this.clock.now();
    const domains = await this.domainNames(today);
    const subjects = await this.subjects(actor, rows);
    const read = cards.map((card, place): ExistingRow => {
      const values = rows[place]?.values ?? {};
      return this.complete(card, values['subjectName'] ?? '', values['domains'] ?? '', subjects, domains, today);
    });
    const live = held.filter((one) => isLive(one, now));
    for (const row of read) judge(row, live);
    refuseRivals(read);
    return { rows: read, held, now };
  }

  private complete(
    card: CardRow,
    subjectName: string,
    domainText: string,
    subjects: ReadonlyMap<string, { id: string; name: string }>,
    dictionary: ReadonlyMap<string, string>,
    today: string,
  ): ExistingRow {
    const { officer, ledger, problems } = card;
    const named = subjectName === '' ? null : subjects.get(subjectName);
    if (named === undefined) {
      problems.push(
        error('subjectName', 'SUBJECT_UNKNOWN', '在您的管辖范围内没有这个单位。请填系统登记的全称，或留空。'),
      );
    }
    const codes = splitDomains(domainText).map((name) => dictionary.get(name) ?? null);
    if (codes.includes(null)) {
      problems.push(error('domains', 'DOMAIN_UNKNOWN', '执法领域不在字典中。请按字典中的名称填写，多个用顿号分开。'));
    }
    const given = codes.filter((code): code is string => code !== null);
    return {
      ...card,
      subjectId: named ? named.id : (officer?.subjectId ?? null),
      subjectName: named ? named.name : (officer?.subjectName ?? ''),
      domains: given.length > 0 ? given : (officer?.domains ?? []),
      isKnown:
        ledger !== null &&
        ledger.officerId === (officer?.id ?? '') &&
        ledger.validFrom === card.validFrom &&
        ledger.validTo === card.validTo,
      isCurrent: card.validTo >= today,
    };
  }

  private async domainNames(today: string): Promise<ReadonlyMap<string, string>> {
    const items = await this.settings.dictionary(today, 'domains');
    return new Map(
      items.flatMap(({ code, nameZh, nameEn }) => [code, nameZh, nameEn].map((name) => [plain(name), code] as const)),
    );
  }

  private async subjects(
    actor: Actor,
    rows: readonly ImportRow[],
  ): Promise<ReadonlyMap<string, { id: string; name: string }>> {
    const names = [...new Set(rows.map(({ values }) => values['subjectName'] ?? '').filter((name) => name !== ''))];
    const found = await inParts(names, (part) =>
      this.db.rows<{ id: string; name: string }>(
        `SELECT id, name FROM subjects WHERE name IN (${marks(part)}) AND path LIKE ?`,
        [...part, below(actor.homeSubjectPath)],
      ),
    );
    return new Map(found.map((subject) => [subject.name, subject]));
  }
}

function judge(row: ExistingRow, live: readonly CertificateRecord[]): void {
  const { problems, officer, type, number, ledger, isKnown, isCurrent } = row;
  if (isKnown) {
    problems.push({
      column: 'number',
      code: 'ALREADY_RECORDED',
      level: 'NOTE',
      detail: '此证件已登记，内容相同，不作改动。',
    });
    return;
  }
  if (ledger && ledger.officerId === officer?.id) {
    problems.push(error('number', 'ALREADY_RECORDED', '此人的这一证号已登记，但有效期不同。请核对证件。'));
  } else if (ledger) {
    problems.push(problemOf({ code: 'NUMBER_TAKEN', facts: { certificateNo: number } }, 'number'));
  }
  const other = isCurrent && live.find((one) => one.officerId === officer?.id && one.type === type);
  if (other) {
    const facts = { certificateNo: other.number, certificateType: other.type };
    problems.push(problemOf({ code: 'LIVE_CERTIFICATE_EXISTS', facts }, null));
  }
}

/** Two current cards of one type for one person: neither counts until one is chosen (BR-62, BR-139). */
function refuseRivals(rows: readonly ExistingRow[]): void {
  const current = rows.filter(({ officer, type, isCurrent, isKnown }) => officer && type && isCurrent && !isKnown);
  for (const rivals of groupBy(current, ({ officer, type }) => `${officer?.id ?? ''}:${type ?? ''}`).values()) {
    if (rivals.length === 1) continue;
    for (const { rowNumber, problems } of rivals) {
      const others = rivals.filter((rival) => rival.rowNumber !== rowNumber).map((rival) => rival.rowNumber);
      const detail = `与第 ${others.join('、')} 行是同一人的同类有效证件，一人一证。请保留其中一行。`;
      problems.push(error(null, 'DUPLICATE_IN_FILE', detail));
    }
  }
}

/** A row that makes a certificate. */
export const isNew = (row: ExistingRow): boolean => !row.isKnown && !row.problems.some(isError);
