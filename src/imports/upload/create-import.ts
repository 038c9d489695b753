import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { canonicalJson, sha256 } from '../../infrastructure/crypto/canonical.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Idempotency, idempotencyKeyOf, type Answer } from '../../infrastructure/http/idempotency.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { Actor } from '../../kernel/actor.js';
import type { ImportDefinition } from '../../kernel/import-definition.js';
import { ImportDefinitions } from '../import-definitions.js';
import { OpenImport } from './open-import.js';
import { parametersOf } from './parameters.js';
import { ReceiveUpload, type Upload } from './receive-upload.js';
import { RoundFinder } from './round-finder.js';
import { UploadedFiles } from './uploaded-files.js';

/** POST /imports: takes the form apart, then opens an import or the next round of one. */
@Injectable()
export class CreateImport {
  constructor(
    private readonly definitions: ImportDefinitions,
    private readonly uploads: ReceiveUpload,
    private readonly rounds: RoundFinder,
    private readonly files: UploadedFiles,
    private readonly idempotency: Idempotency,
    private readonly uow: UnitOfWork,
    private readonly opening: OpenImport,
  ) {}

  /** The stored file goes again unless an import took it. @throws Problem */
  async execute(actor: Actor, request: FastifyRequest): Promise<Answer> {
    const key = idempotencyKeyOf(request);
    const upload = await this.uploads.execute(request, ['kind', 'parameters']);
    let taken = false;
    try {
      const definition = this.definitionOf(upload);
      this.definitions.refuseWithoutRight(actor, definition);
      const parameters = parametersOf(upload.fields.get('parameters') ?? '');
      const mark = await this.rounds.find(upload.file);
      const open = (): Promise<Answer> =>
        this.opening.execute(actor, { definition, parameters, mark, file: upload.file });
      if (key === null) {
        const answer = await this.uow.run(open);
        taken = true;
        return answer;
      }
      const hash = sha256(
        canonicalJson(['imports', definition.kind, parameters, upload.file.name, upload.file.sha256]),
      );
      const { replayed, ...answer } = await this.idempotency.once(actor.accountId, key, hash, open);
      taken = !replayed;
      return replayed ? { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } } : answer;
    } finally {
      if (!taken) await this.files.discard(upload.file.key);
    }
  }

  private definitionOf({ fields }: Upload): ImportDefinition {
    const kind = fields.get('kind');
    const definition = kind === undefined ? null : this.definitions.find(kind);
    if (definition) return definition;
    const code = kind === undefined ? 'MISSING' : 'KIND_UNKNOWN';
    throw inputInvalid([{ pointer: '/kind', code, detail: 'kind must be one of the kinds of import' }]);
  }
}
