import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import { Settings } from '../infrastructure/settings/settings.js';
import type { BarFact, BarGround } from '../rules/bars.rules.js';
import { legalDateOf } from '../rules/calendar.js';
import type { InstantPeriod, StaffCategory } from '../rules/duty-facts.js';
import type { EligibilityFacts, EligibilitySettings, UnitFacts } from '../rules/eligibility.rules.js';
import { UnitQueries } from './unit.queries.js';

/** What is known of a person when it is asked whether a certificate may be held: the facts of the rule, and who it is. */
export interface PersonFacts extends EligibilityFacts {
  readonly officerId: string;
  readonly officerName: string;
  readonly unitId: string;
  /** Assigned to that unit at the moment. */
  readonly isAssigned: boolean;
  readonly domains: readonly string[];
  readonly hasLegalQualification: boolean;
}

export interface PersonQuestion {
  /** The moment of the application, an instant. */
  readonly at: number;
  /** The body that applies; left out: each one's own unit. */
  readonly subjectId?: string;
  /** Only officers whose unit lies at or below this path. */
  readonly within?: string;
}

interface OfficerRow {
  readonly id: string;
  readonly name: string;
  readonly birth_date: string;
  readonly education: string | null;
  readonly staff_category: StaffCategory;
  readonly on_establishment: number;
  readonly domains_json: string;
  readonly legal_qualification_no: string | null;
  readonly subject_id: string;
}

interface AssignmentRow {
  readonly officer_id: string;
  readonly subject_id: string;
  readonly staff_category: StaffCategory;
  readonly on_establishment: number;
}

/** MariaDB makes a subquery of a list of 1,000 constants or more. */
const CHUNK = 500;

/** Gathers the facts of eligibility for many people at once; the officers' scope has been looked at, or is given. */
@Injectable()
export class EligibilityQueries {
  constructor(
    private readonly db: Db,
    private readonly units: UnitQueries,
    private readonly settingsDesk: Settings,
  ) {}

  /** By officer id; who is absent or outside `within` is not in it. */
  async of(officerIds: readonly string[], question: PersonQuestion): Promise<ReadonlyMap<string, PersonFacts>> {
    const found = new Map<string, PersonFacts>();
    const units = new Map<string, UnitFacts>();
    for (let start = 0; start < officerIds.length; start += CHUNK) {
      for (const facts of await this.chunk(officerIds.slice(start, start + CHUNK), question, units)) {
        found.set(facts.officerId, facts);
      }
    }
    return found;
  }

  async settings(at: number): Promise<EligibilitySettings> {
    const values = await this.settingsDesk.on(legalDateOf(at) ?? '', [
      'person.minEducation',
      'eligibility.bars',
      'establishment.confirmMonths',
    ]);
    return {
      minEducation: String(values.get('person.minEducation')),
      bars: values.get('eligibility.bars'),
      establishmentConfirmMonths: Number(values.get('establishment.confirmMonths')),
    };
  }

  private async chunk(
    ids: readonly string[],
    { at, subjectId, within }: PersonQuestion,
    units: Map<string, UnitFacts>,
  ): Promise<PersonFacts[]> {
    const officers = await this.db.rows<OfficerRow>(
      `SELECT o.id, o.name, o.birth_date, o.education, o.staff_category, o.on_establishment, o.domains_json,
              o.legal_qualification_no, o.subject_id
       FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id IN (${marks(ids)}) AND s.path LIKE ?`,
      [...ids, below(within ?? '')],
    );
    const known = officers.map(({ id }) => id);
    const assignments = await this.assignments(known, at);
    const left = await this.departures(known);
    const offPost = await this.offPost(known, at);
    const bars = await this.bars(known);
    const unitOf = ({ subject_id }: OfficerRow): string => subjectId ?? subject_id;
    await this.units.fill(units, officers.map(unitOf), at);
    return officers.map((officer) => {
      const unitId = unitOf(officer);
      const assignment = assignments.get(officer.id)?.find(({ subject_id }) => subject_id === unitId);
      const { staff_category, on_establishment } = assignment ?? officer;
      const unit = units.get(unitId);
      if (!unit) throw new Error('a unit of an officer is missing');
      return {
        officerId: officer.id,
        officerName: officer.name,
        unitId,
        isAssigned: assignment !== undefined,
        domains: JSON.parse(officer.domains_json) as string[],
        hasLegalQualification: officer.legal_qualification_no !== null,
        at,
        staffCategory: staff_category,
        onEstablishment: on_establishment === 1,
        establishmentConfirmedOn: null,
        leftFrom: left.get(officer.id) ?? null,
        offPost: offPost.get(officer.id) ?? [],
        birthDate: officer.birth_date,
        isFit: null,
        education: officer.education,
        passedLastAppraisal: null,
        bars: bars.get(officer.id) ?? [],
        unit,
      };
    });
  }

  /** Those running at the instant, the newest first. */
  private async assignments(ids: readonly string[], at: number): Promise<Map<string, AssignmentRow[]>> {
    const rows = await this.db.rows<AssignmentRow>(
      `SELECT officer_id, subject_id, staff_category, on_establishment FROM officer_assignments
       WHERE officer_id IN (${marks(ids)}) AND superseded_at IS NULL AND effective_from <= ?
         AND (effective_to IS NULL OR effective_to > ?) ORDER BY effective_from DESC, id DESC`,
      [...ids, new Date(at), new Date(at)],
    );
    return grouped(
      rows,
      ({ officer_id }) => officer_id,
      (row) => row,
    );
  }

  private async departures(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.db.rows<{ officer_id: string; left_from: Date }>(
      `SELECT officer_id, MIN(effective_from) AS left_from FROM officer_departures
       WHERE officer_id IN (${marks(ids)}) AND superseded_at IS NULL GROUP BY officer_id`,
      ids,
    );
    return new Map(rows.map(({ officer_id, left_from }) => [officer_id, left_from.getTime()]));
  }

  private async offPost(ids: readonly string[], at: number): Promise<Map<string, InstantPeriod[]>> {
    const rows = await this.db.rows<{ officer_id: string; effective_from: Date; effective_to: Date | null }>(
      `SELECT officer_id, effective_from, effective_to FROM officer_off_post_orders
       WHERE officer_id IN (${marks(ids)}) AND superseded_at IS NULL AND (effective_to IS NULL OR effective_to > ?)`,
      [...ids, new Date(at)],
    );
    return grouped(
      rows,
      ({ officer_id }) => officer_id,
      ({ effective_from, effective_to }) => ({ from: effective_from.getTime(), to: effective_to?.getTime() ?? null }),
    );
  }

  private async bars(ids: readonly string[]): Promise<Map<string, BarFact[]>> {
    const rows = await this.db.rows<{
      officer_id: string;
      ground: BarGround;
      barred_from: string;
      barred_to: string | null;
    }>(
      `SELECT officer_id, ground, barred_from, barred_to FROM qualification_bars
       WHERE officer_id IN (${marks(ids)}) AND superseded_at IS NULL`,
      ids,
    );
    return grouped(
      rows,
      ({ officer_id }) => officer_id,
      ({ ground, barred_from, barred_to }) => ({ ground, from: barred_from, to: barred_to }),
    );
  }
}

function grouped<Row, T>(rows: readonly Row[], key: (row: Row) => string, value: (row: Row) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(value(row));
    else groups.set(key(row), [value(row)]);
  }
  return groups;
}
