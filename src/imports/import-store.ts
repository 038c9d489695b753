import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import type { ImportDefinition } from '../kernel/import-definition.js';
import { notFound, Problem } from '../kernel/problem.js';
import type { ImportState } from '../rules/import.lifecycle.js';
import { ImportDefinitions } from './import-definitions.js';
import { importSight } from './import-sight.queries.js';
import {
  IMPORT_COLUMNS,
  recordOf,
  type ImportFile,
  type ImportRecord,
  type ImportRowOfTable,
} from './import-record.js';

/** The rows of `imports`: found within a scope, locked for people. The worker's way in is the lease. */
@Injectable()
export class ImportStore {
  constructor(
    private readonly db: Db,
    private readonly definitions: ImportDefinitions,
  ) {}

  definitionOf({ kind }: Pick<ImportRecord, 'kind'>): ImportDefinition {
    return this.definitions.of(kind);
  }

  sight(actor: Actor): ReturnType<typeof importSight> {
    return importSight(actor, this.definitions.kindsOf(actor));
  }

  /** @throws Problem 404 */
  async inScope(actor: Actor, id: string): Promise<ImportRecord> {
    const { where, parameters } = this.sight(actor);
    const row = await this.db.row<ImportRowOfTable>(
      `SELECT ${IMPORT_COLUMNS} FROM imports i JOIN subjects s ON s.id = i.owner_subject_id WHERE i.id = ? AND ${where}`,
      [id, ...parameters],
    );
    if (!row) throw notFound('import');
    return recordOf(row);
  }

  /** Locks an import for a verb of somebody who may do it. @throws Problem 404, 403 */
  async lock(actor: Actor, id: string): Promise<ImportRecord> {
    const { kind } = await this.inScope(actor, id);
    this.definitions.refuseWithoutRight(actor, this.definitions.of(kind));
    return this.lockById(id);
  }

  async lockById(id: string): Promise<ImportRecord> {
    const row = await this.db.row<ImportRowOfTable>(
      `SELECT ${IMPORT_COLUMNS} FROM imports i WHERE i.id = ? FOR UPDATE`,
      [id],
    );
    if (!row) throw notFound('import');
    return recordOf(row);
  }

  async byId(id: string): Promise<ImportRecord> {
    const row = await this.db.row<ImportRowOfTable>(`SELECT ${IMPORT_COLUMNS} FROM imports i WHERE i.id = ?`, [id]);
    if (!row) throw notFound('import');
    return recordOf(row);
  }

  async file(importId: string, round: number): Promise<ImportFile> {
    const row = await this.db.row<ImportFile>(
      `SELECT round, file_key AS \`key\`, file_name AS name, file_sha256 AS sha256, file_size AS size
       FROM import_files WHERE import_id = ? AND round = ?`,
      [importId, round],
    );
    if (!row) throw new Error('an import lacks its file');
    return row;
  }

  /** What the newest commit asked for about things that are recorded already. */
  async existingPolicy(importId: string): Promise<'UPDATE' | 'SKIP' | 'REFUSE'> {
    const row = await this.db.row<{ existing: 'UPDATE' | 'SKIP' | 'REFUSE' }>(
      'SELECT existing FROM import_commits WHERE import_id = ? ORDER BY committed_at DESC, id DESC LIMIT 1',
      [importId],
    );
    return row?.existing ?? 'UPDATE';
  }

  /** True when rows of this import stand in another room. */
  async hasCommittedRows(importId: string): Promise<boolean> {
    const row = await this.db.row(
      'SELECT 1 AS found FROM import_results WHERE import_id = ? AND committed_round IS NOT NULL LIMIT 1',
      [importId],
    );
    return row !== null;
  }
}

/** 409 with the status that was found. */
export const wrongStatus = (status: ImportState, cure: string): Problem =>
  new Problem('conflict', 'IMPORT_STATUS', `The import is ${status}. ${cure}`, { extensions: { state: status } });
