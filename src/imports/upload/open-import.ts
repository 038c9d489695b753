import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { canonicalJson } from '../../infrastructure/crypto/canonical.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import type { StoredFile } from '../../infrastructure/files/file-store.js';
import type { Answer } from '../../infrastructure/http/idempotency.js';
import { Outbox } from '../../infrastructure/outbox/outbox.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import type { ImportDefinition } from '../../kernel/import-definition.js';
import { importLifecycle, type ImportState } from '../../rules/import.lifecycle.js';
import type { ImportRecord } from '../import-record.js';
import { ImportStore, wrongStatus } from '../import-store.js';
import { ImportEnding } from '../work/import-ending.js';
import { refuseOtherParameters } from './parameters.js';
import type { RoundMark } from './round-finder.js';
import { UploadedFiles } from './uploaded-files.js';

export interface NewImport {
  readonly definition: ImportDefinition;
  readonly parameters: Readonly<Record<string, string>>;
  readonly mark: RoundMark | null;
  readonly file: StoredFile & { readonly name: string };
}

/** An import in these states is over; its error workbook is a file like any other. */
const OVER: readonly ImportState[] = ['CANCELLED', 'FAILED', 'REVERTED'];

/** Writes import, file, event and audit entry in the open unit (R15). */
@Injectable()
export class OpenImport {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly ending: ImportEnding,
    private readonly outbox: Outbox,
    private readonly files: UploadedFiles,
    private readonly audit: AuditTrail,
  ) {}

  async execute(actor: Actor, given: NewImport): Promise<Answer> {
    const earlier = given.mark ? await this.markedImport(actor, given.mark) : null;
    return earlier ? this.nextRound(actor, earlier, given) : this.fresh(actor, given);
  }

  private async fresh(actor: Actor, { definition, parameters, file }: NewImport): Promise<Answer> {
    refuseOtherParameters(definition, parameters);
    const id = newId();
    await definition.checkParameters({ actor, importId: id, parameters });
    const parametersJson = canonicalJson(parameters);
    // One upload of a body at a time gets past here, so that of two at once the later one knows the earlier one.
    await this.db.row('SELECT id FROM subjects WHERE id = ? FOR UPDATE', [actor.homeSubjectId]);
    const duplicateOf = await this.earlier(actor, definition.kind, parametersJson, file.sha256);
    const now = new Date(await this.clock.now());
    await this.db.insert('imports', {
      id,
      kind: definition.kind,
      definition_version: definition.version,
      parameters_json: parametersJson,
      status: importLifecycle.initial,
      duplicate_of: duplicateOf,
      started_by: actor.accountId,
      acting_by: actor.accountId,
      owner_subject_id: actor.homeSubjectId,
      created_at: now,
      phase_started_at: now,
    });
    await this.keepFile(actor, id, 1, file, now);
    await this.outbox.put('import.advance', { importId: id });
    this.audit.record(
      actor,
      'import.create',
      { type: 'import', id },
      { after: { kind: definition.kind, parameters, sha256: file.sha256, size: file.size, duplicateOf } },
    );
    return answer(id, 1, duplicateOf);
  }

  private async nextRound(actor: Actor, known: ImportRecord, given: NewImport): Promise<Answer> {
    // Wherever it is dropped: the workbook itself says which import it belongs to.
    const { file } = given;
    const definition = this.store.definitionOf(known);
    await definition.checkParameters({ actor, importId: known.id, parameters: known.parameters });
    const record = await this.store.lock(actor, known.id);
    if (!importLifecycle.allows(record.status, 'openNextRound')) {
      throw wrongStatus(record.status, 'Wait until it is validated or completed, then send the corrected workbook.');
    }
    const round = record.round + 1;
    const now = new Date(await this.clock.now());
    const notes = (record.layout?.notes ?? []).filter(({ code }) => !code.startsWith('ROUND_'));
    await this.keepFile(actor, record.id, round, file, now);
    await this.db.execute('UPDATE imports SET round = ?, acting_by = ?, layout_json = ? WHERE id = ?', [
      round,
      actor.accountId,
      JSON.stringify({ ...record.layout, notes }),
      record.id,
    ]);
    await this.ending.move(record, 'openNextRound');
    await this.outbox.put('import.advance', { importId: record.id });
    this.audit.record(
      actor,
      'import.open-round',
      { type: 'import', id: record.id },
      { after: { round, sha256: file.sha256 } },
    );
    return answer(record.id, round, record.duplicateOf);
  }

  /** The import that an error workbook came from; null when it is over, or not within the actor's sight. */
  private async markedImport(actor: Actor, { importId }: RoundMark): Promise<ImportRecord | null> {
    const { where, parameters } = this.store.sight(actor);
    const seen = await this.db.row(
      `SELECT i.id FROM imports i JOIN subjects s ON s.id = i.owner_subject_id
       WHERE i.id = ? AND ${where} AND i.status NOT IN (${marks(OVER)})`,
      [importId, ...parameters, ...OVER],
    );
    return seen ? this.store.byId(importId) : null;
  }

  private async keepFile(
    actor: Actor,
    importId: string,
    round: number,
    file: NewImport['file'],
    now: Date,
  ): Promise<void> {
    await this.db.insert('import_files', {
      import_id: importId,
      round,
      file_key: file.key,
      file_name: file.name,
      file_sha256: file.sha256,
      file_size: file.size,
      sent_by: actor.accountId,
      sent_at: now,
    });
    await this.files.taken(file.key);
  }

  /** The first import of the same bytes for the same purpose that still stands. */
  private async earlier(actor: Actor, kind: string, parametersJson: string, sha: string): Promise<string | null> {
    const row = await this.db.row<{ id: string }>(
      `SELECT i.id FROM import_files f JOIN imports i ON i.id = f.import_id JOIN subjects s ON s.id = i.owner_subject_id
       WHERE f.file_sha256 = ? AND f.round = 1 AND i.kind = ? AND i.parameters_json = ? AND i.status NOT IN (${marks(OVER)})
         AND s.path LIKE ? ORDER BY i.id LIMIT 1`,
      [sha, kind, parametersJson, ...OVER, below(actor.homeSubjectPath)],
    );
    return row?.id ?? null;
  }
}

const answer = (id: string, round: number, duplicateOf: string | null): Answer => ({
  status: 202,
  headers: { location: `/api/v1/imports/${id}` },
  body: { id, status: importLifecycle.initial, round, duplicateOf },
});
