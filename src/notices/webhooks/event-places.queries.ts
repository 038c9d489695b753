import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { EventRow } from './webhook-message.js';

/** The body under which each kind of object stands: the same as that of its own lists. */
const PLACES: Readonly<Record<string, string>> = {
  certificate: `SELECT x.id, s.path FROM certificates x JOIN officers o ON o.id = x.officer_id JOIN subjects s ON s.id = o.subject_id`,
  deployment: `SELECT x.id, s.path FROM deployments x JOIN subjects s ON s.id = x.subject_id`,
  import: `SELECT x.id, s.path FROM imports x JOIN subjects s ON s.id = x.owner_subject_id`,
};

@Injectable()
export class EventPlaces {
  constructor(private readonly db: Db) {}

  /** The path of the body by object id; what has none is told to nobody. */
  async pathsOf(events: readonly EventRow[]): Promise<ReadonlyMap<string, string>> {
    const paths = new Map<string, string>();
    for (const [type, sql] of Object.entries(PLACES)) {
      const ids = [...new Set(events.filter((one) => one.object_type === type).map(({ object_id }) => object_id))];
      if (ids.length === 0) continue;
      const rows = await this.db.rows<{ id: string; path: string }>(`${sql} WHERE x.id IN (${marks(ids)})`, ids);
      for (const { id, path } of rows) paths.set(id, path);
    }
    return paths;
  }
}
