import { Controller, Get, HttpCode, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { HandlesIdempotency } from '../infrastructure/http/idempotency.js';
import { Requires } from '../infrastructure/http/requires.js';
import { TakesFiles } from '../infrastructure/http/takes-files.js';
import type { Actor } from '../kernel/actor.js';
import { ImportEvents } from './import-events.js';
import { CheckedFileView, ImportAcceptedView } from './import.view.js';
import { IMPORT_RIGHTS } from './imports.controller.js';
import { ErrorWorkbook } from './sheets/error-workbook.js';
import { ImportTemplate, type Workbook } from './sheets/import-template.js';
import { CheckFile } from './upload/check-file.js';
import { CreateImport } from './upload/create-import.js';
import { queryTexts } from './upload/parameters.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FILE_PART = { type: 'string', format: 'binary', description: '.xlsx or .csv, at most 50 MB' };

/** What comes and goes as a file or as a stream. */
@ApiTags('imports')
@Controller()
@Requires(...IMPORT_RIGHTS)
export class ImportFilesController {
  constructor(
    private readonly createImport: CreateImport,
    private readonly checkFile: CheckFile,
    private readonly errorWorkbook: ErrorWorkbook,
    private readonly template: ImportTemplate,
    private readonly importEvents: ImportEvents,
  ) {}

  @Post('imports')
  @HttpCode(202)
  @HandlesIdempotency(true)
  @TakesFiles(true)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['kind', 'file'],
      properties: {
        kind: { type: 'string', example: 'EXAM_RESULTS' },
        parameters: { type: 'string', description: 'JSON object of texts, e.g. {"examId":"…"}' },
        file: FILE_PART,
      },
    },
  })
  async create(
    @ActingAs() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportAcceptedView> {
    const { status, headers, body } = await this.createImport.execute(actor, request);
    void reply.status(status).headers({ ...headers });
    return body as ImportAcceptedView;
  }

  @Post('imports/check')
  @HttpCode(200)
  @HandlesIdempotency(true)
  @TakesFiles(true)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: FILE_PART } } })
  check(@ActingAs() actor: Actor, @Req() request: FastifyRequest): Promise<CheckedFileView> {
    return this.checkFile.execute(actor, request);
  }

  @Get('imports/:id/error-workbook')
  @ApiProduces(XLSX)
  async errors(@ActingAs() actor: Actor, @Param('id') id: string): Promise<StreamableFile> {
    return download(await this.errorWorkbook.execute(actor, id));
  }

  @Get('imports/:id/events')
  @ApiProduces('text/event-stream')
  async events(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.importEvents.execute(actor, id, request, reply);
  }

  /** Parameters of the kind (e.g. `?examId=`) give a pre-filled sheet. */
  @Get('import-templates/:kind.xlsx')
  @ApiProduces(XLSX)
  @ApiQuery({
    name: 'parameters',
    required: false,
    type: 'object',
    style: 'form',
    explode: true,
    additionalProperties: { type: 'string' },
  })
  async templateOf(
    @ActingAs() actor: Actor,
    @Param('kind') kind: string,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    return download(await this.template.execute(actor, kind, queryTexts(request.query)));
  }
}

/** RFC 6266: the name in both spellings. */
function download({ fileName, content }: Workbook): StreamableFile {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return new StreamableFile(content, {
    type: XLSX,
    disposition: `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  });
}
