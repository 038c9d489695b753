import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import type { UndoStep } from '../kernel/import-definition.js';

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

/** What rests on an officer, in words, and what would have to be undone before the officer can be removed. */
export interface Resting {
  readonly words: string;
  readonly steps: readonly UndoStep[];
}

interface RestingTable {
  readonly table: string;
  readonly what: string;
  /** What was built last is undone first. */
  readonly order: number;
  readonly zh: string;
  readonly en: string;
}

/** What rests on an officer, so that the officer cannot be removed; the order in which it could be undone. */
const RESTING: readonly RestingTable[] = [
  {
    table: 'deployment_members',
    what: '已列入执法任务',
    order: 10,
    zh: '取消其执法任务。任务记录保留，此人因此不能从名册中删除，只能办理离职。',
    en: 'Cancel the deployments. Their records stay, so the person can only leave service, not be removed.',
  },
  {
    table: 'certificates',
    what: '持有证件',
    order: 20,
    zh: '撤销登记证件的那次导入，或办理注销。证件记录保留，此人因此不能从名册中删除，只能办理离职。',
    en: 'Take back the import that entered the certificate, or cancel it. Its record stays, so the person can only leave service.',
  },
  {
    table: 'certificate_applications',
    what: '已提出证件申请',
    order: 30,
    zh: '退回或不予批准其证件申请。',
    en: 'Return or reject the certificate application.',
  },
  {
    table: 'qualification_bars',
    what: '记有限制',
    order: 40,
    zh: '限制记录保留，不能撤销。',
    en: 'A bar stays on record.',
  },
  {
    table: 'exam_registrations',
    what: '已报名考试',
    order: 50,
    zh: '撤销其考试成绩的导入；已有的报名记录保留。',
    en: 'Take back the import of the exam results; registrations stay on record.',
  },
  {
    table: 'training_enrolments',
    what: '已报名或参加培训',
    order: 60,
    zh: '撤销登记其学时的那次导入。',
    en: 'Take back the import that recorded the training hours.',
  },
  {
    table: 'accounts',
    what: '有系统账号',
    order: 70,
    zh: '把账号与此人脱开。',
    en: 'Detach the account from the person.',
  },
  {
    table: 'officer_departures',
    what: '记有离职',
    order: 80,
    zh: '离职记录保留，不能撤销。',
    en: 'A departure stays on record.',
  },
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

  /** Everything that rests on each officer; nobody without. */
  async resting(officerIds: readonly string[]): Promise<ReadonlyMap<string, Resting>> {
    const found = new Map<string, Resting>();
    for (const { table, what, order, zh, en } of RESTING) {
      const step = { order, code: `UNDO_${table.toUpperCase()}`, zh, en };
      const rows = await this.db.rows<{ officer_id: string }>(
        `SELECT DISTINCT officer_id FROM ${table} WHERE officer_id IN (${marks(officerIds)})`,
        officerIds,
      );
      for (const { officer_id } of rows) {
        const known = found.get(officer_id);
        found.set(officer_id, {
          words: known ? `${known.words}、${what}` : what,
          steps: [...(known?.steps ?? []), step],
        });
      }
    }
    return found;
  }
}
