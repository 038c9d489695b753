import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { RowDigests } from '../rows/row-digests.js';

export interface SameRows {
  readonly importId: string;
  readonly fileName: string;
  readonly status: string;
  readonly finishedAt: string | null;
  readonly rows: number;
}

/** Imports that are looked at, newest first; each costs one reading of its digests. */
const MOST = 40;
/** In these rows may stand. */
const WITH_ROWS = ['VALIDATED', 'COMMITTING', 'COMPLETED', 'PARTIALLY_COMPLETED', 'CANCELLED', 'FAILED', 'REVERTED'];

/** Finds earlier imports of the same rows, whatever their file was called and however its columns stood. */
@Injectable()
export class SameRowsQueries {
  constructor(
    private readonly db: Db,
    private readonly digests: RowDigests,
  ) {}

  /** Within the actor's scope, newest first; `known` are the digests found anywhere. */
  async of(
    actor: Actor,
    kind: string,
    wanted: ReadonlySet<string>,
    except: string | null,
  ): Promise<{ readonly imports: readonly SameRows[]; readonly known: number }> {
    if (wanted.size === 0) return { imports: [], known: 0 };
    const rows = await this.db.rows<{ id: string; status: string; finished_at: Date | null; file_name: string }>(
      `SELECT i.id, i.status, i.finished_at, f.file_name FROM imports i JOIN subjects s ON s.id = i.owner_subject_id
       JOIN import_files f ON f.import_id = i.id AND f.round = 1
       WHERE i.kind = ? AND s.path LIKE ? AND i.id <> ? AND i.committed_by IS NOT NULL AND i.status IN (${marks(WITH_ROWS)})
       ORDER BY i.id DESC LIMIT ?`,
      [kind, below(actor.homeSubjectPath), except ?? '', ...WITH_ROWS, MOST],
    );
    const known = new Set<string>();
    const imports: SameRows[] = [];
    for (const { id, status, finished_at, file_name } of rows) {
      const found = await this.digests.imported(id, wanted);
      if (found.size === 0) continue;
      for (const digest of found) known.add(digest);
      imports.push({
        importId: id,
        fileName: file_name,
        status,
        finishedAt: finished_at?.toISOString() ?? null,
        rows: found.size,
      });
    }
    return { imports, known: known.size };
  }
}
