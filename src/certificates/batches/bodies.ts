import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { LockedApplication } from '../applications/application-locks.js';
import type { NumberAsk } from '../numbers/number-allocator.js';

export interface Body {
  readonly id: string;
  readonly name: string;
  readonly divisionCode: string;
}

/** Names and places of bodies, for what is printed. */
@Injectable()
export class Bodies {
  constructor(private readonly db: Db) {}

  async of(subjectIds: readonly string[]): Promise<ReadonlyMap<string, Body>> {
    const ids = [...new Set(subjectIds)];
    const rows = await this.db.rows<{ id: string; name: string; division_code: string }>(
      `SELECT id, name, division_code FROM subjects WHERE id IN (${marks(ids)})`,
      ids,
    );
    return new Map(rows.map(({ id, name, division_code }) => [id, { id, name, divisionCode: division_code }]));
  }

  /** What the allocator has to know of each application. */
  async numberAsks(applications: readonly LockedApplication[]): Promise<NumberAsk[]> {
    const bodies = await this.of(applications.map(({ subjectId }) => subjectId));
    return applications.map(({ id, certificateType, subjectId }) => ({
      key: id,
      type: certificateType,
      divisionCode: bodies.get(subjectId)?.divisionCode ?? '',
    }));
  }
}
