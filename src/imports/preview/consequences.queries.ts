import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { RowProblem } from '../../kernel/import-definition.js';
import { ImportCounts } from '../import-counts.js';
import type { ImportConsequencesView, PlannedRowsView, ImportWarningView } from '../import-preview.view.js';
import type { ImportRecord } from '../import-record.js';
import { ImportStore, wrongStatus } from '../import-store.js';
import { TO_BE_ACKNOWLEDGED } from '../request-commit.js';
import { RowDigests } from '../rows/row-digests.js';
import { SameRowsQueries } from './same-rows.queries.js';

/** Before these nobody knows what a row would do. */
const TOO_EARLY = ['RECEIVED', 'PARSING', 'NEEDS_MAPPING', 'VALIDATING'];
const WARNINGS_READ = 2000;

/** What the commit of an import would lead to, or led to: row by row, person by person. Nothing is written. */
@Injectable()
export class ConsequencesQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly counts: ImportCounts,
    private readonly digests: RowDigests,
    private readonly sameRows: SameRowsQueries,
  ) {}

  /** @throws Problem 404, 409 before the rows are examined */
  async read(actor: Actor, id: string): Promise<ImportConsequencesView> {
    const record = await this.store.inScope(actor, id);
    if (TOO_EARLY.includes(record.status)) throw wrongStatus(record.status, 'Its rows have not been examined yet.');
    const definition = this.store.definitionOf(record);
    const context = { actor, importId: id, parameters: record.parameters };
    const open = record.status === 'VALIDATED';
    return {
      status: record.status,
      asOf: new Date(await this.clock.now()).toISOString(),
      rows: await this.rows(record),
      effects: await this.effects(record, definition.effects ?? {}),
      follows: open && definition.consequences ? [...(await definition.consequences(context))] : [],
      warnings: open ? await this.warnings(id) : [],
      sameRows: open ? [...(await this.earlier(actor, record))] : [],
    };
  }

  /** What rows wait for, together with what earlier rounds did already. */
  private async rows({ id, totalRows }: ImportRecord): Promise<PlannedRowsView> {
    const counts = await this.counts.of(id, totalRows);
    const planned = await this.db.rows<{ planned: string; n: number }>(
      `SELECT planned, COUNT(*) AS n FROM import_results WHERE import_id = ? AND state IN ('VALID', 'WARNING') AND planned IS NOT NULL
       GROUP BY planned`,
      [id],
    );
    const waiting = new Map(planned.map(({ planned: state, n }) => [state, Number(n)]));
    return {
      created: counts.created + (waiting.get('CREATED') ?? 0),
      updated: counts.updated + (waiting.get('UPDATED') ?? 0),
      unchanged: counts.unchanged + (waiting.get('UNCHANGED') ?? 0),
      skipped: counts.skipped,
      failed: counts.invalid + counts.failed,
      ignored: counts.ignored,
    };
  }

  private async effects(
    { id }: ImportRecord,
    sentences: Readonly<Record<string, { readonly zh: string; readonly en: string }>>,
  ): Promise<ImportConsequencesView['effects']> {
    const groups = await this.db.rows<{ effects: string; n: number }>(
      `SELECT effects, COUNT(*) AS n FROM import_results
       WHERE import_id = ? AND effects IS NOT NULL AND state IN ('VALID', 'WARNING', 'CREATED', 'UPDATED', 'UNCHANGED') GROUP BY effects`,
      [id],
    );
    const rows = new Map<string, number>();
    for (const { effects, n } of groups)
      for (const code of effects.split(',').filter((part) => part !== ''))
        rows.set(code, (rows.get(code) ?? 0) + Number(n));
    return [...rows].sort().map(([code, count]) => ({
      code,
      zh: sentences[code]?.zh ?? code,
      en: sentences[code]?.en ?? code,
      rows: count,
    }));
  }

  private async warnings(id: string): Promise<ImportWarningView[]> {
    const found = await this.db.rows<{ problems_json: string }>(
      `SELECT problems_json FROM import_results WHERE import_id = ? AND state = 'WARNING' AND problems_json IS NOT NULL
       ORDER BY row_no LIMIT ?`,
      [id, WARNINGS_READ],
    );
    const rows = new Map<string, number>();
    for (const { problems_json } of found) {
      const problems = JSON.parse(problems_json) as RowProblem[];
      const codes = new Set(problems.filter(({ level }) => level === 'WARNING').map(({ code }) => code));
      for (const code of codes) rows.set(code, (rows.get(code) ?? 0) + 1);
    }
    return [...rows]
      .sort()
      .map(([code, count]) => ({ code, rows: count, mustAcknowledge: TO_BE_ACKNOWLEDGED.includes(code) }));
  }

  private async earlier(actor: Actor, { id, kind, round }: ImportRecord): Promise<ImportConsequencesView['sameRows']> {
    const mine = new Set((await this.digests.ofRound(id, round)).values());
    return [...(await this.sameRows.of(actor, kind, mine, id)).imports];
  }
}
