import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { notFound } from '../kernel/problem.js';
import type { StaffCategory } from '../rules/duty-facts.js';
import { officerScope } from './officer-scope.js';

export interface LockedOfficer {
  readonly id: string;
  readonly name: string;
  readonly subject_id: string;
  readonly post_title: string;
  readonly domains_json: string;
  readonly staff_category: StaffCategory;
  readonly on_establishment: number;
  readonly education: string | null;
  readonly legal_qualification_no: string | null;
  readonly phone_cipher: string | null;
  readonly phone_masked: string | null;
  readonly version: number;
}

const COLUMNS = `o.id, o.name, o.subject_id, o.post_title, o.domains_json, o.staff_category, o.on_establishment, o.education,
  o.legal_qualification_no, o.phone_cipher, o.phone_masked, o.version`;
const CHUNK = 1000;

/** The anchor of the clearance (R2): whoever changes what it rests on holds the officer's row first. */
@Injectable()
export class OfficersLock {
  constructor(private readonly db: Db) {}

  /** Locks officers in ascending id, in the open unit, and gives those that exist. The caller has checked the scope. */
  lock(ids: readonly string[]): Promise<ReadonlyMap<string, LockedOfficer>> {
    return this.read(ids, 'FOR UPDATE');
  }

  /** The same without locks: for showing what would happen. */
  peek(ids: readonly string[]): Promise<ReadonlyMap<string, LockedOfficer>> {
    return this.read(ids, '');
  }

  private async read(ids: readonly string[], locking: 'FOR UPDATE' | ''): Promise<ReadonlyMap<string, LockedOfficer>> {
    const sorted = [...new Set(ids)].sort();
    const locked = new Map<string, LockedOfficer>();
    for (let start = 0; start < sorted.length; start += CHUNK) {
      const part = sorted.slice(start, start + CHUNK);
      const rows = await this.db.rows<LockedOfficer>(
        `SELECT ${COLUMNS} FROM officers o FORCE INDEX (PRIMARY) WHERE o.id IN (${marks(part)}) ORDER BY o.id ${locking}`,
        part,
      );
      for (const row of rows) locked.set(row.id, row);
    }
    return locked;
  }

  /** Locks one officer within the actor's scope. @throws Problem 404 */
  async lockOne(actor: Actor, id: string): Promise<LockedOfficer> {
    const scope = officerScope(actor);
    const row = await this.db.row<LockedOfficer>(
      `SELECT ${COLUMNS} FROM officers o WHERE o.id = ? AND ${scope.sql} FOR UPDATE`,
      [id, ...scope.parameters],
    );
    if (!row) throw notFound('officer');
    return row;
  }
}
