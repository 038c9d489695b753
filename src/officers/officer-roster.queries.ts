import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';

/** The units of a scope, as sheets may name them. */
export interface Units {
  /** Every unit of the scope, abolished ones too. */
  readonly ids: ReadonlySet<string>;
  /** Ids of units that exist, by credit code. */
  readonly byCode: ReadonlyMap<string, string>;
  /** Ids of units that exist, by name; more than one where a name is ambiguous. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

export interface Registered {
  readonly id: string;
  readonly subjectId: string;
}

/** What rests on an officer, so that the officer cannot be removed. */
const RESTING: readonly (readonly [table: string, what: string])[] = [
  ['training_enrolments', '已报名或参加培训'],
  ['exam_registrations', '已报名考试'],
  ['qualification_bars', '记有限制'],
  ['certificate_applications', '已提出证件申请'],
  ['certificates', '持有证件'],
  ['deployment_members', '已列入执法任务'],
  ['accounts', '有系统账号'],
  ['officer_departures', '记有离职'],
];

@Injectable()
export class RosterQueries {
  constructor(private readonly db: Db) {}

  async units(actor: Actor, spelling: (name: string) => string): Promise<Units> {
    const rows = await this.db.rows<{ id: string; name: string; active_uscc: string | null }>(
      'SELECT id, name, active_uscc FROM subjects WHERE path LIKE ?',
      [below(actor.homeSubjectPath)],
    );
    const byName = new Map<string, string[]>();
    const active = rows.filter(({ active_uscc }) => active_uscc !== null);
    for (const { id, name } of active) byName.set(spelling(name), [...(byName.get(spelling(name)) ?? []), id]);
    return {
      ids: new Set(rows.map(({ id }) => id)),
      byCode: new Map(active.map(({ id, active_uscc }) => [active_uscc ?? '', id])),
      byName,
    };
  }

  /** Who is registered under these blind indexes, in whatever unit. */
  async registered(indexes: readonly string[]): Promise<ReadonlyMap<string, Registered>> {
    const rows = await this.db.rows<{ id: string; id_number_index: string; subject_id: string }>(
      `SELECT id, id_number_index, subject_id FROM officers WHERE id_number_index IN (${marks(indexes)})`,
      indexes,
    );
    return new Map(rows.map((row) => [row.id_number_index, { id: row.id, subjectId: row.subject_id }]));
  }

  /** The first thing found that rests on each officer; nobody without. */
  async resting(officerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const [table, what] of RESTING) {
      const rows = await this.db.rows<{ officer_id: string }>(
        `SELECT DISTINCT officer_id FROM ${table} WHERE officer_id IN (${marks(officerIds)})`,
        officerIds,
      );
      for (const { officer_id } of rows) if (!found.has(officer_id)) found.set(officer_id, what);
    }
    return found;
  }
}
