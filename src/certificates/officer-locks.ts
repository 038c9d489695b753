import { Injectable } from '@nestjs/common';
import { OfficersLock, type LockedOfficer } from '../officers/index.js';
import { below, Db, marks } from '../infrastructure/database/db.js';
import { inParts } from './collections.js';

export type { LockedOfficer };

/** Officers are the anchor of every change of a clearance: they are locked first, in ascending id. */
@Injectable()
export class OfficerLocks {
  constructor(
    private readonly db: Db,
    private readonly officers: OfficersLock,
  ) {}

  /** Locks the officers that exist, whatever their unit; the caller has looked at the scope. */
  lock(officerIds: readonly string[]): Promise<ReadonlyMap<string, LockedOfficer>> {
    return this.officers.lock(officerIds);
  }

  /** Locks those of the officers who belong to the body of this path or to one below it. */
  async lockWithin(path: string, officerIds: readonly string[]): Promise<ReadonlyMap<string, LockedOfficer>> {
    const locked = await this.lock([...(await this.within(path, officerIds))]);
    // Somebody may have been transferred while this unit waited for the lock.
    const still = await this.within(path, [...locked.keys()]);
    return new Map([...locked].filter(([id]) => still.has(id)));
  }

  private async within(path: string, officerIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await inParts(officerIds, (part) =>
      this.db.rows<{ id: string }>(
        `SELECT o.id FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id IN (${marks(part)}) AND s.path LIKE ?`,
        [...part, below(path)],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }
}
