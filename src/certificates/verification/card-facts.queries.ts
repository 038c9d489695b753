import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { CardFacts } from '../../rules/card-usability.rules.js';
import type {
  AssignmentFact,
  InstantPeriod,
  StaffCategory,
  SubjectStatus,
  SubjectStatusPeriod,
} from '../../rules/duty-facts.js';
import {
  CERTIFICATE_COLUMNS,
  recordOf,
  SUSPENSION_COLUMNS,
  type CertificateRow,
  type SuspensionRow,
} from '../certificate.rows.js';
import { groupBy, inParts } from '../collections.js';

/** A card with everything that is printed on it or shown of it, and the facts of its standing. */
export interface KnownCard {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly officerId: string;
  readonly publicCode: string;
  readonly holderName: string;
  readonly gender: 'MALE' | 'FEMALE';
  readonly idNumberMasked: string;
  readonly postTitle: string;
  readonly subjectId: string;
  readonly subjectName: string;
  /** Of the body's district and all bodies above it. */
  readonly subjectPath: string;
  readonly divisionCode: string;
  readonly domains: readonly string[];
  readonly issuer: string | null;
  readonly validFrom: string;
  readonly validTo: string;
  readonly batchId: string | null;
  /** False for a reservation, kept or given up: it never was a certificate. */
  readonly wasIssued: boolean;
  readonly facts: CardFacts;
}

interface CardRow extends CertificateRow {
  readonly public_code: string;
  readonly holder_name: string;
  readonly subject_name: string;
  readonly content_json: string;
  readonly gender: 'MALE' | 'FEMALE';
  readonly id_number_masked: string;
  readonly post_title: string;
  readonly path: string;
  readonly division_code: string;
}

interface PeriodRow {
  readonly owner_id: string;
  readonly effective_from: Date;
  readonly effective_to: Date | null;
}

type Parameter = string | number;

const SELECT = `SELECT ${CERTIFICATE_COLUMNS}, c.public_code, c.holder_name, c.subject_name, c.content_json,
  o.gender, o.id_number_masked, o.post_title, s.path, s.division_code
  FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
  JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = c.subject_id`;

const period = (row: Pick<PeriodRow, 'effective_from' | 'effective_to'>): InstantPeriod => ({
  from: row.effective_from.getTime(),
  to: row.effective_to?.getTime() ?? null,
});

/** Reads cards with all facts that decide whether they may be used, in a fixed number of statements however many they are. */
@Injectable()
export class CardFactsQueries {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  byCode(code: string, at: number): Promise<KnownCard[]> {
    return this.cards('c.public_code = ?', [code], at);
  }

  byNumber(number: string, at: number): Promise<KnownCard[]> {
    return this.cards('c.number = ?', [number], at);
  }

  /** In the order of the ids; who has no card is not in it. */
  byIds(ids: readonly string[], at: number): Promise<KnownCard[]> {
    return this.inChunks('c.id', ids, at);
  }

  byOfficers(officerIds: readonly string[], at: number): Promise<KnownCard[]> {
    return this.inChunks('c.officer_id', officerIds, at);
  }

  private async inChunks(column: string, ids: readonly string[], at: number): Promise<KnownCard[]> {
    return [
      ...(await inParts([...new Set(ids)].sort(), (part) => this.cards(`${column} IN (${marks(part)})`, part, at))),
    ];
  }

  private async cards(where: string, parameters: readonly Parameter[], at: number): Promise<KnownCard[]> {
    const rows = await this.db.rows<CardRow>(`${SELECT} WHERE ${where} ORDER BY c.id`, parameters);
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const officerIds = [...new Set(rows.map(({ officer_id }) => officer_id))];
    const subjectIds = [...new Set(rows.map(({ subject_id }) => subject_id))];
    const suspensions = await this.db.rows<SuspensionRow>(
      `SELECT ${SUSPENSION_COLUMNS} FROM certificate_suspensions
       WHERE certificate_id IN (${marks(ids)}) AND superseded_at IS NULL ORDER BY effective_from, id`,
      ids,
    );
    const suspended = groupBy(suspensions, ({ certificate_id }) => certificate_id);
    const reviews = groupBy(await this.reviews(ids, at), ({ owner_id }) => owner_id);
    const assignments = groupBy(await this.assignments(officerIds), ({ owner_id }) => owner_id);
    const offPost = groupBy(
      await this.periods('officer_off_post_orders', 'officer_id', officerIds),
      ({ owner_id }) => owner_id,
    );
    const left = await this.departures(officerIds);
    const statuses = groupBy(await this.statuses(subjectIds), ({ owner_id }) => owner_id);
    return rows.map((row): KnownCard => {
      const record = recordOf(row, suspended.get(row.id) ?? []);
      const standing = (name: string): InstantPeriod[] =>
        (reviews.get(row.id) ?? []).filter((one) => one.standing === name).map(period);
      return {
        id: row.id,
        type: row.type,
        number: row.number,
        officerId: row.officer_id,
        publicCode: row.public_code,
        holderName: row.holder_name,
        gender: row.gender,
        idNumberMasked: row.id_number_masked,
        postTitle: row.post_title,
        subjectId: row.subject_id,
        subjectName: row.subject_name,
        subjectPath: row.path,
        divisionCode: row.division_code,
        domains: record.domains,
        issuer: (JSON.parse(row.content_json) as { issuer?: string }).issuer ?? null,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        batchId: row.batch_id,
        wasIssued: record.wasIssued,
        facts: {
          state: record.state,
          validFrom: row.valid_from,
          validTo: row.valid_to,
          endedFrom: record.endedFrom,
          suspensions: record.suspensions,
          certificateNo: row.number,
          subjectId: row.subject_id,
          subjectName: row.subject_name,
          assignments: (assignments.get(row.officer_id) ?? []).map(({ fact }) => fact),
          leftFrom: left.get(row.officer_id) ?? null,
          offPost: (offPost.get(row.officer_id) ?? []).map(period),
          subjectStatuses: (statuses.get(row.subject_id) ?? []).map(({ fact }) => fact),
          failedReviews: standing('FAILED'),
          overdueReviews: standing('OVERDUE'),
        },
      };
    });
  }

  private async reviews(ids: readonly string[], at: number): Promise<(PeriodRow & { readonly standing: string })[]> {
    if (!(await this.settings.flag(legalDateOf(at) ?? '', 'review.enabled'))) return [];
    return this.db.rows(
      `SELECT certificate_id AS owner_id, standing, effective_from, effective_to FROM certificate_review_periods
       WHERE certificate_id IN (${marks(ids)}) AND superseded_at IS NULL`,
      ids,
    );
  }

  private periods(table: string, column: string, ids: readonly string[]): Promise<PeriodRow[]> {
    return this.db.rows(
      `SELECT ${column} AS owner_id, effective_from, effective_to FROM ${table}
       WHERE ${column} IN (${marks(ids)}) AND superseded_at IS NULL`,
      ids,
    );
  }

  private async assignments(
    officerIds: readonly string[],
  ): Promise<{ readonly owner_id: string; readonly fact: AssignmentFact }[]> {
    const rows = await this.db.rows<
      PeriodRow & { id: string; subject_id: string; staff_category: StaffCategory; on_establishment: number }
    >(
      `SELECT officer_id AS owner_id, id, subject_id, staff_category, on_establishment, effective_from, effective_to
       FROM officer_assignments WHERE officer_id IN (${marks(officerIds)}) AND superseded_at IS NULL`,
      officerIds,
    );
    return rows.map((row) => ({
      owner_id: row.owner_id,
      fact: {
        ...period(row),
        id: row.id,
        subjectId: row.subject_id,
        staffCategory: row.staff_category,
        onEstablishment: row.on_establishment === 1,
      },
    }));
  }

  private async departures(officerIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.db.rows<{ officer_id: string; left_from: Date }>(
      `SELECT officer_id, MIN(effective_from) AS left_from FROM officer_departures
       WHERE officer_id IN (${marks(officerIds)}) AND superseded_at IS NULL GROUP BY officer_id`,
      officerIds,
    );
    return new Map(rows.map(({ officer_id, left_from }) => [officer_id, left_from.getTime()]));
  }

  private async statuses(
    subjectIds: readonly string[],
  ): Promise<{ readonly owner_id: string; readonly fact: SubjectStatusPeriod }[]> {
    const rows = await this.db.rows<PeriodRow & { id: string; status: SubjectStatus }>(
      `SELECT subject_id AS owner_id, id, status, effective_from, effective_to FROM subject_status_periods
       WHERE subject_id IN (${marks(subjectIds)}) AND superseded_at IS NULL`,
      subjectIds,
    );
    return rows.map((row) => ({ owner_id: row.owner_id, fact: { ...period(row), id: row.id, status: row.status } }));
  }
}
