import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FileStore } from '../../infrastructure/files/file-store.js';
import type { Actor } from '../../kernel/actor.js';
import type { CheckedFileView } from '../import.view.js';
import { ImportsQueries } from '../imports.queries.js';
import { ReceiveUpload } from './receive-upload.js';

/** Was this file imported before? It is looked at and not kept. */
@Injectable()
export class CheckFile {
  constructor(
    private readonly uploads: ReceiveUpload,
    private readonly files: FileStore,
    private readonly queries: ImportsQueries,
  ) {}

  async execute(actor: Actor, request: FastifyRequest): Promise<CheckedFileView> {
    const { file } = await this.uploads.execute(request, []);
    await this.files.remove(file.key);
    return { ...(await this.queries.ofFile(actor, file.sha256)), roundOf: null, rows: [] };
  }
}
