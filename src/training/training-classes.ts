import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { notFound, Problem } from '../kernel/problem.js';
import { trainingClassLifecycle, type TrainingClassState } from '../rules/training-class.lifecycle.js';

export interface LockedClass {
  readonly id: string;
  readonly title: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly hours: string;
  readonly capacity: number | null;
  readonly status: TrainingClassState;
  readonly version: number;
}

export interface Enrolment {
  readonly officerId: string;
  readonly attended: number | null;
  readonly importId: string | null;
}

const COLUMNS = 'c.id, c.title, c.starts_on, c.ends_on, c.hours, c.capacity, c.status, c.version';
const CHUNK = 1000;

/**
 * Classes and who is in them, for the verbs. The row of the class is locked first (seats, state), then, through the foreign key
 * and in ascending id, the officers.
 */
@Injectable()
export class TrainingClasses {
  constructor(private readonly db: Db) {}

  /** Locks a class within the scope. @throws Problem 404 */
  lock(actor: Actor, id: string): Promise<LockedClass> {
    return this.read(actor, id, 'FOR UPDATE');
  }

  /** The same without the lock. @throws Problem 404 */
  peek(actor: Actor, id: string): Promise<LockedClass> {
    return this.read(actor, id, '');
  }

  private async read(actor: Actor, id: string, locking: 'FOR UPDATE' | ''): Promise<LockedClass> {
    const row = await this.db.row<LockedClass>(
      `SELECT ${COLUMNS} FROM training_classes c
       WHERE c.id = ? AND c.owner_subject_id IN (SELECT s.id FROM subjects s WHERE s.path LIKE ?) ${locking}`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('training class');
    return row;
  }

  /** Those of the officers who are enrolled. */
  async enrolments(classId: string, officerIds: readonly string[]): Promise<ReadonlyMap<string, Enrolment>> {
    const found = new Map<string, Enrolment>();
    for (let start = 0; start < officerIds.length; start += CHUNK) {
      const part = officerIds.slice(start, start + CHUNK);
      const rows = await this.db.rows<{ officer_id: string; hours_attended: string | null; import_id: string | null }>(
        `SELECT officer_id, hours_attended, import_id FROM training_enrolments
         WHERE class_id = ? AND officer_id IN (${marks(part)})`,
        [classId, ...part],
      );
      for (const { officer_id, hours_attended, import_id } of rows) {
        const attended = hours_attended === null ? null : Number(hours_attended);
        found.set(officer_id, { officerId: officer_id, attended, importId: import_id });
      }
    }
    return found;
  }

  async seatsLeft({ id, capacity }: LockedClass): Promise<number | null> {
    if (capacity === null) return null;
    const row = await this.db.row<{ taken: number }>(
      'SELECT COUNT(*) AS taken FROM training_enrolments WHERE class_id = ?',
      [id],
    );
    return capacity - Number(row?.taken ?? 0);
  }

  /** Enrols officers, in ascending id. */
  async enrol(
    classId: string,
    entries: readonly {
      readonly officerId: string;
      readonly attended: number | null;
      readonly importId: string | null;
    }[],
    now: number,
  ): Promise<void> {
    const ascending = [...entries].sort((a, b) => (a.officerId < b.officerId ? -1 : 1));
    await this.db.insert(
      'training_enrolments',
      ascending.map(({ officerId, attended, importId }) => ({
        class_id: classId,
        officer_id: officerId,
        hours_attended: attended,
        enrolled_at: new Date(now),
        import_id: importId,
      })),
    );
  }

  /** Writes attendance, one statement for all who have the same hours. */
  async setAttended(
    classId: string,
    records: readonly { readonly officerId: string; readonly hours: number | null }[],
  ): Promise<void> {
    const byHours = new Map<number | null, string[]>();
    for (const { officerId, hours } of records) {
      const same = byHours.get(hours);
      if (same) same.push(officerId);
      else byHours.set(hours, [officerId]);
    }
    for (const [hours, officerIds] of byHours) {
      for (let start = 0; start < officerIds.length; start += CHUNK) {
        const part = officerIds.slice(start, start + CHUNK);
        await this.db.execute(
          `UPDATE training_enrolments SET hours_attended = ? WHERE class_id = ? AND officer_id IN (${marks(part)})`,
          [hours, classId, ...part],
        );
      }
    }
  }

  async raiseVersion(id: string): Promise<void> {
    await this.db.execute('UPDATE training_classes SET version = version + 1 WHERE id = ?', [id]);
  }
}

/** A closed class takes nothing more. @throws Problem 409 with the state */
export function needOpen({ status }: LockedClass): void {
  if (trainingClassLifecycle.allows(status, 'close')) return;
  throw new Problem('conflict', 'CLASS_CLOSED', 'This class is closed: its hours are confirmed.', {
    extensions: { state: status },
  });
}
