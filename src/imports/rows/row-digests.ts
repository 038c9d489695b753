import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import type { ImportDefinition, ImportRow } from '../../kernel/import-definition.js';

/** Row number and the first 8 bytes of the keyed digest. */
const ROW_BYTES = 4;
const DIGEST_BYTES = 8;
const RECORD_BYTES = ROW_BYTES + DIGEST_BYTES;
/** Above every row number: words about single rows come after those of whole chunks. */
const SINGLE_ROWS_FROM = 100_000_000;
const ROWS_AT_ONCE = 1000;

/**
 * Keyed digests of the values of examined rows. They tell whether rows were imported before, in whatever file and order of columns;
 * without the key nothing can be learned from them.
 */
@Injectable()
export class RowDigests {
  constructor(
    private readonly db: Db,
    private readonly personalData: PersonalData,
  ) {}

  /** Equal for rows of one kind that say the same, empty cells or not. */
  digestOf(definition: ImportDefinition, { values }: Pick<ImportRow, 'values'>): string {
    const said = definition.columns.flatMap(({ field, hidden }) =>
      hidden || (values[field] ?? '') === '' ? [] : [[field, values[field] ?? ''] as const],
    );
    return this.personalData
      .blindIndex(JSON.stringify(said), `import_digests.${definition.kind}`)
      .slice(0, 2 * DIGEST_BYTES);
  }

  /** In the unit of the chunk that examined the rows. */
  async keep(
    about: { readonly importId: string; readonly round: number; readonly definition: ImportDefinition },
    rows: readonly ImportRow[],
    corrected = false,
  ): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const packed = Buffer.alloc(rows.length * RECORD_BYTES);
    for (const [index, row] of rows.entries()) {
      packed.writeUInt32BE(row.rowNumber, index * RECORD_BYTES);
      packed.write(this.digestOf(about.definition, row), index * RECORD_BYTES + ROW_BYTES, 'hex');
    }
    await this.db.execute(
      `INSERT INTO import_digests (import_id, round, place, digests) VALUES (?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE digests = VALUES(digests)`,
      [about.importId, about.round, first.rowNumber + (corrected ? SINGLE_ROWS_FROM : 0), packed.toString('base64')],
    );
  }

  /** Before rows are examined anew. */
  async drop(importId: string, round: number): Promise<void> {
    await this.db.execute('DELETE FROM import_digests WHERE import_id = ? AND round = ?', [importId, round]);
  }

  /** Digests of the rows of an import by row number, of one round. */
  async ofRound(importId: string, round: number): Promise<ReadonlyMap<number, string>> {
    const rows = await this.db.rows<{ digests: string }>(
      'SELECT digests FROM import_digests WHERE import_id = ? AND round = ? ORDER BY place',
      [importId, round],
    );
    const found = new Map<number, string>();
    for (const { digests } of rows) {
      const packed = Buffer.from(digests, 'base64');
      for (let at = 0; at + RECORD_BYTES <= packed.length; at += RECORD_BYTES) {
        found.set(packed.readUInt32BE(at), packed.toString('hex', at + ROW_BYTES, at + RECORD_BYTES));
      }
    }
    return found;
  }

  /** How many of the digests stand for rows that this import wrote or found unchanged, and that still stand. */
  async imported(importId: string, wanted: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const rounds = await this.db.rows<{ round: number }>(
      'SELECT DISTINCT round FROM import_digests WHERE import_id = ? ORDER BY round',
      [importId],
    );
    const found = new Set<string>();
    for (const { round } of rounds) {
      const matching = [...(await this.ofRound(importId, round))].filter(([, digest]) => wanted.has(digest));
      for (let start = 0; start < matching.length; start += ROWS_AT_ONCE) {
        const part = new Map(matching.slice(start, start + ROWS_AT_ONCE));
        const standing = await this.db.rows<{ row_no: number }>(
          `SELECT row_no FROM import_results WHERE import_id = ? AND committed_round = ? AND row_no IN (${marks([...part.keys()])})
             AND state IN ('CREATED', 'UPDATED', 'UNCHANGED')`,
          [importId, round, ...part.keys()],
        );
        for (const { row_no } of standing) found.add(part.get(row_no) ?? '');
      }
    }
    return found;
  }
}
