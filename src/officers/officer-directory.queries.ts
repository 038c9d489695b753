import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { notFound } from '../kernel/problem.js';
import type { StaffCategory } from '../rules/duty-facts.js';
import { OfficerIdentity } from './officer-identity.js';
import { domainsOf } from './officer-rows.js';
import { officerScope } from './officer-scope.js';

/** An officer as other rooms may show and use it: nothing in clear that must be masked. */
export interface KnownOfficer {
  readonly id: string;
  readonly name: string;
  readonly idNumberMasked: string;
  readonly birthDate: string;
  readonly education: string | null;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly postTitle: string;
  readonly domains: readonly string[];
  readonly staffCategory: StaffCategory;
  readonly onEstablishment: boolean;
  readonly legalQualificationNo: string | null;
  /** Instant from which the officer has left service; it may lie ahead. */
  readonly leftFrom: number | null;
  readonly version: number;
}

interface KnownRow {
  readonly id: string;
  readonly name: string;
  readonly id_number_index: string;
  readonly id_number_masked: string;
  readonly birth_date: string;
  readonly education: string | null;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly post_title: string;
  readonly domains_json: string;
  readonly staff_category: StaffCategory;
  readonly on_establishment: number;
  readonly legal_qualification_no: string | null;
  readonly left_from: Date | null;
  readonly version: number;
}

const KNOWN = `SELECT o.id, o.name, o.id_number_index, o.id_number_masked, o.birth_date, o.education, o.subject_id,
    s.name AS subject_name, o.post_title, o.domains_json, o.staff_category, o.on_establishment, o.legal_qualification_no,
    (SELECT MIN(d.effective_from) FROM officer_departures d WHERE d.officer_id = o.id AND d.superseded_at IS NULL) AS left_from,
    o.version
  FROM officers o JOIN subjects s ON s.id = o.subject_id`;
const CHUNK = 1000;

/** Who is who, within the scope of the asker, many at once. */
@Injectable()
export class OfficerDirectory {
  constructor(
    private readonly db: Db,
    private readonly identity: OfficerIdentity,
  ) {}

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<KnownOfficer> {
    const known = (await this.byIds(actor, [id])).get(id);
    if (!known) throw notFound('officer');
    return known;
  }

  /** Those of the ids that exist within the scope, by id. */
  async byIds(actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, KnownOfficer>> {
    const rows = await this.read(actor, 'o.id', [...new Set(ids)]);
    return new Map(rows.map((row) => [row.id, known(row)]));
  }

  /** Those of the ID numbers that are registered within the scope, by the ID number as it was given. */
  async byIdNumbers(actor: Actor, idNumbers: readonly string[]): Promise<ReadonlyMap<string, KnownOfficer>> {
    const indexes = new Map(idNumbers.map((idNumber) => [idNumber, this.identity.indexOf(idNumber)]));
    const rows = await this.read(actor, 'o.id_number_index', [...new Set(indexes.values())]);
    const byIndex = new Map(rows.map((row) => [row.id_number_index, known(row)]));
    return new Map(
      [...indexes].flatMap(([idNumber, index]) => {
        const officer = byIndex.get(index);
        return officer ? [[idNumber, officer]] : [];
      }),
    );
  }

  private async read(actor: Actor, column: string, values: readonly string[]): Promise<KnownRow[]> {
    const scope = officerScope(actor);
    const found: KnownRow[] = [];
    for (let start = 0; start < values.length; start += CHUNK) {
      const part = values.slice(start, start + CHUNK);
      const where = `WHERE ${column} IN (${marks(part)}) AND ${scope.sql}`;
      found.push(...(await this.db.rows<KnownRow>(`${KNOWN} ${where}`, [...part, ...scope.parameters])));
    }
    return found;
  }
}

const known = (row: KnownRow): KnownOfficer => ({
  id: row.id,
  name: row.name,
  idNumberMasked: row.id_number_masked,
  birthDate: row.birth_date,
  education: row.education,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  postTitle: row.post_title,
  domains: domainsOf(row.domains_json),
  staffCategory: row.staff_category,
  onEstablishment: row.on_establishment === 1,
  legalQualificationNo: row.legal_qualification_no,
  leftFrom: row.left_from?.getTime() ?? null,
  version: row.version,
});
