import { Injectable } from '@nestjs/common';
import { Actors } from '../../identity/index.js';
import { Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { ImportDefinition } from '../../kernel/import-definition.js';
import { legalDateOf } from '../../rules/calendar.js';
import { ImportDefinitions } from '../import-definitions.js';
import type { ImportProblem, ImportRecord } from '../import-record.js';

export interface ActingPerson {
  readonly actor: Actor;
  readonly definition: ImportDefinition;
}

/** The rights that an import runs under are those of this moment, looked up in every chunk (D15). */
@Injectable()
export class Acting {
  constructor(
    private readonly db: Db,
    private readonly actors: Actors,
    private readonly definitions: ImportDefinitions,
    private readonly clock: Clock,
  ) {}

  definitionOf({ kind }: Pick<ImportRecord, 'kind'>): ImportDefinition {
    return this.definitions.of(kind);
  }

  /** Null when the account is disabled, lost the permission, or moved to another body. */
  async of(record: ImportRecord): Promise<ActingPerson | null> {
    const definition = this.definitions.of(record.kind);
    const actor = await this.actors.ofAccount(record.actingBy);
    if (!actor?.permissions.has(definition.permission)) return null;
    const owner = await this.db.row<{ path: string }>('SELECT path FROM subjects WHERE id = ?', [
      record.ownerSubjectId,
    ]);
    if (!owner?.path.startsWith(actor.homeSubjectPath)) return null;
    return { actor, definition };
  }

  /** The legal date of this moment. */
  async today(): Promise<string> {
    return legalDateOf(await this.clock.now()) ?? '';
  }
}

export const RIGHT_WITHDRAWN: ImportProblem = {
  code: 'RIGHT_WITHDRAWN',
  detail: '导入人的权限已被收回或账号已停用，导入已停止。已导入的行保持不变。',
  detailEn: 'The right to import was withdrawn or the account disabled, so the import was stopped. Rows written stay.',
};
