import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { Clock } from '../../kernel/clock.js';
import type { RememberedMapping } from './file-layout.js';

/** Mappings that people made, shared by everybody of their body, by the headings of the file. */
@Injectable()
export class MappingMemory {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async recall(ownerId: string, kind: string, fingerprint: string): Promise<RememberedMapping | null> {
    const row = await this.db.row<{ mapping_json: string }>(
      'SELECT mapping_json FROM import_mapping_memory WHERE owner_subject_id = ? AND kind = ? AND header_hash = ?',
      [ownerId, kind, fingerprint],
    );
    return row ? (JSON.parse(row.mapping_json) as RememberedMapping) : null;
  }

  async keep(ownerId: string, kind: string, fingerprint: string, mapping: RememberedMapping): Promise<void> {
    await this.db.execute(
      `INSERT INTO import_mapping_memory (owner_subject_id, kind, header_hash, mapping_json, updated_at) VALUES (?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE mapping_json = VALUES(mapping_json), updated_at = VALUES(updated_at)`,
      [ownerId, kind, fingerprint, JSON.stringify(mapping), new Date(await this.clock.now())],
    );
  }
}
