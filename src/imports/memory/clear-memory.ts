import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { notFound } from '../../kernel/problem.js';
import { ImportDefinitions } from '../import-definitions.js';

/** Forgets a mapping, or the words of a column, that somebody of the actor's body taught the import. Imports that use it keep it. */
@Injectable()
export class ClearMemory {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly definitions: ImportDefinitions,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 403 */
  async execute(actor: Actor, id: string): Promise<void> {
    const [, kind = '', about = '', key = ''] = /^([A-Z_]{1,40})\.(header|words)\.(.{1,120})$/.exec(id) ?? [];
    const definition = this.definitions.find(kind);
    if (!definition) throw notFound('import memory');
    this.definitions.refuseWithoutRight(actor, definition);
    const [table, column] = about === 'header' ? ['import_mapping_memory', 'header_hash'] : ['import_words', 'field'];
    await this.uow.run(async () => {
      const gone = await this.db.execute(
        `DELETE FROM ${table} WHERE owner_subject_id = ? AND kind = ? AND ${column} = ?`,
        [actor.homeSubjectId, kind, key],
      );
      if (gone === 0) throw notFound('import memory');
      this.audit.record(
        actor,
        'import.clear-memory',
        { type: 'subject', id: actor.homeSubjectId },
        { before: { kind, about, key } },
      );
    });
  }
}
