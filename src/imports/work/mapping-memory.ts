import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { Clock } from '../../kernel/clock.js';
import type { Mapping } from '../import-record.js';
import type { RememberedMapping } from './file-layout.js';

const MOST_WORDS = 1000;

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

  /** What words of a column mean, by field; whatever the headings of the file. */
  async words(ownerId: string, kind: string): Promise<Mapping['values']> {
    const rows = await this.db.rows<{ field: string; words_json: string }>(
      'SELECT field, words_json FROM import_words WHERE owner_subject_id = ? AND kind = ?',
      [ownerId, kind],
    );
    return Object.fromEntries(
      rows.map(({ field, words_json }) => [field, JSON.parse(words_json) as Record<string, string>]),
    );
  }

  /** Adds what somebody said words mean; the newest word counts. Of many the oldest are forgotten. */
  async keepWords(ownerId: string, kind: string, values: Mapping['values']): Promise<void> {
    const known = await this.words(ownerId, kind);
    const now = new Date(await this.clock.now());
    for (const [field, words] of Object.entries(values)) {
      const kept = Object.entries({ ...known[field], ...words }).slice(-MOST_WORDS);
      await this.db.execute(
        `INSERT INTO import_words (owner_subject_id, kind, field, words_json, updated_at) VALUES (?, ?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE words_json = VALUES(words_json), updated_at = VALUES(updated_at)`,
        [ownerId, kind, field, JSON.stringify(Object.fromEntries(kept)), now],
      );
    }
  }

  async keep(ownerId: string, kind: string, fingerprint: string, mapping: RememberedMapping): Promise<void> {
    await this.db.execute(
      `INSERT INTO import_mapping_memory (owner_subject_id, kind, header_hash, mapping_json, updated_at) VALUES (?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE mapping_json = VALUES(mapping_json), updated_at = VALUES(updated_at)`,
      [ownerId, kind, fingerprint, JSON.stringify(mapping), new Date(await this.clock.now())],
    );
  }
}
