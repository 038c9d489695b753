import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { IfMatch, setVersion } from '../infrastructure/http/if-match.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { ChangeMapping } from './change-mapping.js';
import { CancelImport } from './cancel-import.js';
import {
  ChangeMappingDto,
  CommitImportDto,
  CorrectRowDto,
  ImportRowsQuery,
  ImportsQuery,
  RevertQuery,
  RowNumberParam,
} from './import.dto.js';
import { ImportPageView, ImportRowPageView, ImportRowView, ImportView, RevertView } from './import.view.js';
import { ImportsQueries } from './imports.queries.js';
import { RequestCommit } from './request-commit.js';
import { RevertImport } from './revert-import.js';
import { CorrectRow } from './rows/correct-row.js';
import { RowsQueries } from './rows/rows.queries.js';

/** Which of them is needed depends on the kind of the import; the verbs ask for it. */
export const IMPORT_RIGHTS = [
  'import.officer-roster',
  'import.training-hours',
  'import.exam-results',
  'import.certificates',
] as const;

@ApiTags('imports')
@Controller('imports')
@Requires(...IMPORT_RIGHTS)
export class ImportsController {
  constructor(
    private readonly imports: ImportsQueries,
    private readonly rowsOf: RowsQueries,
    private readonly changeMapping: ChangeMapping,
    private readonly correctRow: CorrectRow,
    private readonly requestCommit: RequestCommit,
    private readonly cancelImport: CancelImport,
    private readonly revertImport: RevertImport,
  ) {}

  @Get()
  list(@ActingAs() actor: Actor, @Query() query: ImportsQuery): Promise<ImportPageView> {
    return this.imports.list(actor, query);
  }

  @Get(':id')
  async read(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportView> {
    return this.shown(actor, id, reply);
  }

  @Patch(':id/mapping')
  async map(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeMappingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportView> {
    await this.changeMapping.execute(actor, id, version, body);
    return this.shown(actor, id, reply);
  }

  @Get(':id/rows')
  rows(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: ImportRowsQuery): Promise<ImportRowPageView> {
    return this.rowsOf.list(actor, id, query);
  }

  @Patch(':id/rows/:rowNumber')
  correct(
    @ActingAs() actor: Actor,
    @Param() { id, rowNumber }: RowNumberParam,
    @Body() body: CorrectRowDto,
  ): Promise<ImportRowView> {
    return this.correctRow.execute(actor, id, rowNumber, body);
  }

  @Post(':id/commit')
  @HttpCode(202)
  async commit(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Body() body: CommitImportDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportView> {
    await this.requestCommit.execute(actor, id, body);
    void reply.header('location', `/api/v1/imports/${id}`);
    return this.shown(actor, id, reply);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  async cancel(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportView> {
    await this.cancelImport.execute(actor, id);
    return this.shown(actor, id, reply);
  }

  @Post(':id/revert')
  @HttpCode(200)
  revert(@ActingAs() actor: Actor, @Param('id') id: string, @Query() query: RevertQuery): Promise<RevertView> {
    return this.revertImport.execute(actor, id, query.dryRun);
  }

  private async shown(actor: Actor, id: string, reply: FastifyReply): Promise<ImportView> {
    const view = await this.imports.read(actor, id);
    setVersion(reply, view.version);
    return view;
  }
}
