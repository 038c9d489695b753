import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { ImportDefinitions } from '../import-definitions.js';
import type { ImportMemoriesQuery } from '../import.dto.js';
import type { ImportMemoriesView } from '../import-preview.view.js';
import type { RememberedMapping } from '../work/file-layout.js';

const MOST = 500;

/** What people of the actor's body taught the import: columns by the headings of a file, and words by column. */
@Injectable()
export class ImportMemoriesQueries {
  constructor(
    private readonly db: Db,
    private readonly definitions: ImportDefinitions,
  ) {}

  async list(actor: Actor, { kind }: ImportMemoriesQuery): Promise<ImportMemoriesView> {
    const kinds = this.definitions.kindsOf(actor).filter((one) => kind === undefined || one === kind);
    const where = `m.kind IN (${marks(kinds)}) AND m.owner_subject_id = ?`;
    const given = [...kinds, actor.homeSubjectId, MOST];
    const headers = await this.db.rows<{ kind: string; header_hash: string; mapping_json: string; updated_at: Date }>(
      `SELECT m.kind, m.header_hash, m.mapping_json, m.updated_at FROM import_mapping_memory m WHERE ${where}
       ORDER BY m.kind, m.header_hash LIMIT ?`,
      given,
    );
    const words = await this.db.rows<{ kind: string; field: string; words_json: string; updated_at: Date }>(
      `SELECT m.kind, m.field, m.words_json, m.updated_at FROM import_words m WHERE ${where} ORDER BY m.kind, m.field LIMIT ?`,
      given,
    );
    return {
      items: [
        ...headers.map((row) => ({
          id: `${row.kind}.header.${row.header_hash}`,
          kind: row.kind,
          about: 'HEADER' as const,
          columns: Object.entries((JSON.parse(row.mapping_json) as RememberedMapping).headings).map(
            ([heading, field]) => ({ heading, field }),
          ),
          field: null,
          words: {},
          updatedAt: row.updated_at.toISOString(),
        })),
        ...words.map((row) => ({
          id: `${row.kind}.words.${row.field}`,
          kind: row.kind,
          about: 'WORDS' as const,
          columns: [],
          field: row.field,
          words: JSON.parse(row.words_json) as Record<string, string>,
          updatedAt: row.updated_at.toISOString(),
        })),
      ],
    };
  }
}
